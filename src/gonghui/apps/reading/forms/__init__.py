"""What is filled in of bookrooms, books and loans."""
