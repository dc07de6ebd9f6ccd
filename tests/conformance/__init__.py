"""Tests that grow with the registries (house.md §12)."""
