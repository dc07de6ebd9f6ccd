"""Tables of learning teams: the roll-out, what a team studies, improves and praises."""

from .praise import Evidence, Ground, Incentive, Mechanism, Reward
from .rollout import Enlistment, Stage, Test
from .study import Instructor, PlanStep, Shift, ShiftStudy, StudyPlan
from .topic import Topic, TopicField, TopicState

__all__ = [
    "Enlistment",
    "Evidence",
    "Ground",
    "Incentive",
    "Instructor",
    "Mechanism",
    "PlanStep",
    "Reward",
    "Shift",
    "ShiftStudy",
    "Stage",
    "StudyPlan",
    "Test",
    "Topic",
    "TopicField",
    "TopicState",
]
