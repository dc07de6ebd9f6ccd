"""The machine of tests and results: drawing, marking, ranking, passing; plain Python."""
