"""The face: the tags, templates and styles every screen is made of; knows no domain word."""
