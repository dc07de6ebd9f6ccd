"""Plain arithmetic of the door: codes that are signed, marks that add up; no Django."""
