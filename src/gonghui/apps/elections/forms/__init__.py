"""What officers fill in about elections, terms, counts and departures."""
