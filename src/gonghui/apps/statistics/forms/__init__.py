"""What is filled in: the design of a form, its sending, a filing and its steps."""
