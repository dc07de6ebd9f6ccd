"""The pages of figures: of a unit, of one indicator, of its records, and of closed periods."""
