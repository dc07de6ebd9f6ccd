"""Study rules: what is asked of whom, what is done, what excuses, and what is missing."""
