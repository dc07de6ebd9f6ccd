"""Forms of activities, split by what they are for."""
