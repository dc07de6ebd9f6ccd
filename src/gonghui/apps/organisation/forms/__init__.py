"""What officers fill in about bodies, committees, records, prospects and contacts."""
