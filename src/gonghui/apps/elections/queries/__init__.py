"""What is asked about elections: standards in force, checks, results and who will be seated."""
