"""The officer's screens of study rules: the rules, what excuses, terms, slogans, who lacks what."""

from . import named, standing, study

__all__ = ["named", "standing", "study"]
