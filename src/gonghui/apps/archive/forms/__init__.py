"""What is filled in of the archive, split by what it is about."""
