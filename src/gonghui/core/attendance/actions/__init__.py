"""What happens at the door, split by use-case."""
