"""Disconnect: a WebSocket that was closed is forgotten."""
