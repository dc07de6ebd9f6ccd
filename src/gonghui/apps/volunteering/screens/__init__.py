"""The officer's screens of volunteering, split by what they are about."""

from . import needs, shifts

__all__ = ["needs", "shifts"]
