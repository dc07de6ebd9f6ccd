"""Tables of who comes to an activity."""

from .registration import BESIDE, Choice, Delegation, Question, Quota, Registration, Terms

__all__ = ["BESIDE", "Choice", "Delegation", "Question", "Quota", "Registration", "Terms"]
