"""The arithmetic of an election: plain integers, no database, the standards passed in."""
