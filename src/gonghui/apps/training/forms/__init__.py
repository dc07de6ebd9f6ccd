"""What is filled in of plans, classes and tests, split by what it is about."""
