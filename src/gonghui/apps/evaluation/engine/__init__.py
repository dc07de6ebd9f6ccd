"""The arithmetic of a sheet: marks of items, their sum and the grade; no Django, no I/O."""
