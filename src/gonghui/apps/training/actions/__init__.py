"""What is done with needs, classes, learners and tests, split by use-case."""
