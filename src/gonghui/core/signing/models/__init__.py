"""Tables of who comes to an activity."""

from .registration import BESIDE, Delegation, Question, Quota, Registration, Terms

__all__ = ["BESIDE", "Delegation", "Question", "Quota", "Registration", "Terms"]
