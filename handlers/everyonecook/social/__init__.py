"""What people share: posts, comments, reactions, friends, trends and the news of all that."""
