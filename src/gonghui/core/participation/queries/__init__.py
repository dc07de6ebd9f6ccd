"""Questions about who came, in sums and by name."""
