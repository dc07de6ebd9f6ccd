"""Visions and goals of bodies and people, their steps, and plans of development."""
