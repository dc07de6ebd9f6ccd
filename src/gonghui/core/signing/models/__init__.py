"""Tables of who comes to an activity."""

from .registration import Delegation, Question, Quota, Registration

__all__ = ["Delegation", "Question", "Quota", "Registration"]
