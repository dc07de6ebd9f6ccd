"""What others may ask of teams."""

from __future__ import annotations

from typing import Any

from gonghui.core.access.actor import Actor

from .actions.keeping import (
    begin_plan,
    lay_stage,
    name_instructor,
    propose_topic,
    reward,
    show_evidence,
)
from .actions.rollout import enlist
from .actions.study import Said, add_step, note_study
from .engine.shares import Count
from .flow import TOPIC_LIFE
from .models import Topic
from .queries.coverage import units_below


def move_topic(topic: Topic, step: str, *, by: Actor, **answers: Any) -> None:
    """Take a step of a topic's life."""
    TOPIC_LIFE.perform(topic, step, by=by, **answers)


__all__ = [
    "Count",
    "Said",
    "add_step",
    "begin_plan",
    "enlist",
    "lay_stage",
    "move_topic",
    "name_instructor",
    "note_study",
    "propose_topic",
    "reward",
    "show_evidence",
    "units_below",
]
