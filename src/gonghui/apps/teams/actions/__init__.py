"""What is done with teams: they take part, study, improve and are praised."""
