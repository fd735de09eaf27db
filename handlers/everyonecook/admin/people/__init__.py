"""Users as administrators see and handle them: lists, bans, clean-up, deletion."""
