"""What should be noticed of unions, their committees and the units without one."""

from . import committees, unions

__all__ = ["committees", "unions"]
