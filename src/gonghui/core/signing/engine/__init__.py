"""Plain arithmetic of places and the waiting line; no Django."""
