"""Training: needs, programmes and classes, providers, question banks and tests."""
