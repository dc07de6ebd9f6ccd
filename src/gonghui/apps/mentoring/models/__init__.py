"""Tables of mentoring: pairs and their milestones, tiers, degrees, study away, recognitions."""

from .growing import Appraisal, Recognition, Way, Worker
from .pair import OPEN, Grade, Lesson, Pair, Passage, State
from .study import Base, DegreeTarget, Going, Offer, Outcome
from .tier import Ladder, Placement, Tier
from .track import Milestone, Track

__all__ = [
    "OPEN",
    "Appraisal",
    "Base",
    "DegreeTarget",
    "Going",
    "Grade",
    "Ladder",
    "Lesson",
    "Milestone",
    "Offer",
    "Outcome",
    "Pair",
    "Passage",
    "Placement",
    "Recognition",
    "State",
    "Tier",
    "Track",
    "Way",
    "Worker",
]
