"""Who came to an activity: what doors and phones noted, and the attendance it adds up to."""
