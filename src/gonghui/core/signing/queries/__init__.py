"""Questions about who comes, split by who asks."""
