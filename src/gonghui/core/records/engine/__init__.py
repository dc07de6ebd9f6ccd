"""Plain arithmetic of what was earned; no Django."""
