"""The member's own pages, for the phone."""
