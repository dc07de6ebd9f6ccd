"""What is asked of teams: the roll-out by unit, coverage of a city, the board of a body."""
