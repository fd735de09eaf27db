"""Custom message: the e-mails that carry codes, in our own words."""
