"""What happens at the door and afterwards, split by use-case."""
