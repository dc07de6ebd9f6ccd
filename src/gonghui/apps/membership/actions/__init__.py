"""What happens to people: they come, change, move and leave, and get accounts."""
