"""Filings as sheets: with their checks inside, back again, and side by side."""
