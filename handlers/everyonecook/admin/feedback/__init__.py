"""Feedback: what users tell administrators, and the conversation about it."""
