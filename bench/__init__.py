"""What is measured, on what data, against what; prints a table and writes ``latest.json``."""
