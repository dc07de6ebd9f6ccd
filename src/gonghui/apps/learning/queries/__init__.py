"""What is asked of study rules: people's lives, how they stand, sums by unit, templates."""
