"""What happens to schemes, rounds, sheets and judgements, a file a use-case."""
