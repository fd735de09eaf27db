"""EveryoneCook: a social cooking site with recipes by hand and by model."""
