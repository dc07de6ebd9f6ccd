"""Mentors and those they bring on, tiers, degrees and study away."""
