"""Plain arithmetic of rhythms; no Django."""
