"""What stands of programmes, classes, learners and tests, split by what it is about."""
