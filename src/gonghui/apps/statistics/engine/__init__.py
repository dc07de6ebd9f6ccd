"""The arithmetic of forms and the tables that are shipped: plain Python, tested alone."""
