"""Workers' bookrooms: their catalogue, lending, and reading circles."""
