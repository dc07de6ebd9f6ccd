"""A union's rules in force, and its cadres: their entitlements and their ability."""
