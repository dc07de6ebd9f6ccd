"""Titles for a term: who holds them, the paper that proves it, and how they end."""
