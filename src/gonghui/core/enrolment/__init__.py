"""Signing up for an activity by an Excel list; joins core/exchange to core/signing."""
