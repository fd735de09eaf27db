"""Pre authentication: who is banned or inactive does not sign in."""
