"""What is read of forms and filings: cells worked out, checks, who is missing, sums."""
