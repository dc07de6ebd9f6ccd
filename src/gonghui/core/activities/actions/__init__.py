"""What happens to activities, split by use-case."""
