"""Who takes part in activities and who never does: shares by unit and sort of people, checks."""
