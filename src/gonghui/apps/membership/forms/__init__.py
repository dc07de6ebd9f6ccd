"""What is asked about people: their facts, where they go, how they log in."""
