"""Post confirmation: a confirmed account gets its profile."""
