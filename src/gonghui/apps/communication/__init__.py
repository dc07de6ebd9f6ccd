"""What a union issues to inform others: briefs, news items, experience material, once each."""
