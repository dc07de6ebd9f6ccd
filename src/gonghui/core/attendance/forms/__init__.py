"""Forms of the door and of the record."""
