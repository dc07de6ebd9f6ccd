"""What is asked of plans: this file the questions of a draft, the others one reader each."""

from .drafts import draft_of, plans_like, possible_owners

__all__ = ["draft_of", "plans_like", "possible_owners"]
