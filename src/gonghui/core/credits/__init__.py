"""What a record earned a person: from which record, how much of what, and who confirmed it."""
