"""The calculus of study rules: who is asked what for which days, exact and without a database."""
