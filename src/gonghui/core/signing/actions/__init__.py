"""What happens to places and those who want them, split by use-case."""
