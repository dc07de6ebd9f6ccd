"""What is asked of the archive, split by what it is about."""
