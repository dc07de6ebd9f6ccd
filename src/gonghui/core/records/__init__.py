"""What an activity left: its record, contributions, feedback, photos, papers and what it earned."""
