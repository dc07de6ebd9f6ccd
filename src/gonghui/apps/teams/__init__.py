"""Learning teams: their board, topics and mechanisms, and the roll-out in stages."""
