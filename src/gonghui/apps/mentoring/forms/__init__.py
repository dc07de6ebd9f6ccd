"""What is filled in of pairs, tracks, tiers, study away and recognitions."""
