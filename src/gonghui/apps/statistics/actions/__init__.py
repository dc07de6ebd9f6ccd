"""What happens to forms and filings: drawn up, sent down, filled in, confirmed, sent back."""
