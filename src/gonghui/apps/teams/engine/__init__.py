"""The arithmetic of the roll-out and the text of a printed board: plain Python."""
