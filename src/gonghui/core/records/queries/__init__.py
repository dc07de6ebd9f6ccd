"""Questions about what activities left, split by what they are about."""
