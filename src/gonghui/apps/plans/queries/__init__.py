"""What is asked of plans: this file the questions of a draft, the others one reader each."""

from .drafts import changed_beside, draft_of, plans_like, possible_owners

__all__ = ["changed_beside", "draft_of", "plans_like", "possible_owners"]
