"""What is read of schemes, rounds and results."""
