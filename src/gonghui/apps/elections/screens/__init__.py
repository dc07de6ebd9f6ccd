"""The officer's screens of terms, elections, counting, departures and a new chair's duties."""
