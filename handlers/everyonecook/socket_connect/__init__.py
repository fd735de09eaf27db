"""Connect: a WebSocket is opened for whoever brings a token of ours."""
