"""Questions about activities, split by who asks."""
