"""The worker that asks the model for dishes."""
