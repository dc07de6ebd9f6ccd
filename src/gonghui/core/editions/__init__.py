"""What is drafted, issued, and from then on only replaced by its next version."""
