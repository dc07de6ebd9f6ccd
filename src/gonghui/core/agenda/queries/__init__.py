"""Questions about days, split by who asks."""
