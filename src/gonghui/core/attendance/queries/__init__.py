"""Questions about who came, split by who asks."""
