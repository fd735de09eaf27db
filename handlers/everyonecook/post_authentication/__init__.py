"""Post authentication: notes the sign-in, and lifts a ban that is over."""
