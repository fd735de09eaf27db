"""Ping: a WebSocket says that it is still there."""
