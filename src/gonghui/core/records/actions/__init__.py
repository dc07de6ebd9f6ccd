"""What happens after an activity, split by use-case."""
