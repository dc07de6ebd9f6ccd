"""The learning archive of a person, what is shared from it, and its frozen years."""
