"""What EveryoneCook's functions share: one table, one way to answer, one way to refuse."""

import gc

# a cold start makes a hundred thousand objects that stay: looking for rubbish among them costs a tenth of it
gc.set_threshold(100_000, 10, 10)
