"""Sheets that come in: refused or read in a process of their own, and understood."""
