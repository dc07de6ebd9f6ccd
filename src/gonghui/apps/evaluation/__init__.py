"""Evaluation: schemes of what is judged, their items, weights, grades and templates."""
