"""What is done with the archive, split by use-case."""
