"""Who came to an activity, and what it left: marks, attendance, minutes, gains, feedback."""
