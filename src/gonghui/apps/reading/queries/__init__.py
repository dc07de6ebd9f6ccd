"""Reads of bookrooms: what is there, who has it, what a room lacks."""
