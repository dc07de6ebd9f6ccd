"""The member's own pages of the archive, for the phone, split by what one comes for."""
