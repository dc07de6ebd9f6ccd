"""The plain arithmetic of a bookroom: numbers of books, days a loan runs."""
