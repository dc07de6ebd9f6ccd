"""Calendars that phones subscribe to: a secret address for each, renewed when it got about."""
