"""Volunteers: partners, what they need, shifts of an activity, hours of service."""
