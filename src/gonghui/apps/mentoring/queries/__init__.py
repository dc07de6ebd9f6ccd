"""Reads of mentoring: how far a pair has come, shares of degrees, who was sent away."""
