"""What is filled in of schemes, rounds and sheets."""
