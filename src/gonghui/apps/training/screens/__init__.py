"""The officer's screens of training, split by what they are about."""

from . import courses, planning, quizzes

__all__ = ["courses", "planning", "quizzes"]
