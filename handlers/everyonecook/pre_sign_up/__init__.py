"""Pre sign-up: makes room for a new account, or says why there is none."""
