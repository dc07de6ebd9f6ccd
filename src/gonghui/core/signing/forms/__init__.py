"""Forms of places and of signing up."""
