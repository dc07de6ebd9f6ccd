"""What happens in a bookroom: books are added and go, lent and come back, kept for readers."""
