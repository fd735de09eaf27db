"""Accounts: signing in and up, profiles and their privacy, preferences, custom sections, search."""
