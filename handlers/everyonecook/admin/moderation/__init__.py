"""Reported posts and comments, and what is done about them."""
