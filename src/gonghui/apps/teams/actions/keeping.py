"""What a body keeps of its teams is put on record: stages, plans, instructors, topics, praise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models, transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.changes import changes_of, snapshot

from ..models import Evidence, Incentive, Instructor, Stage, StudyPlan, Topic
from .praise import settle_incentive
from .rollout import check_stage

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def lay_stage(org: Org, *, by: Actor, **facts: Any) -> Stage:
    """A stage of the roll-out; its years overlap with no other of the body."""
    stage = Stage(org=org, **facts)
    check_stage(stage)
    return _keep(stage, by)


@transaction.atomic
def begin_plan(org: Org, *, by: Actor, **facts: Any) -> StudyPlan:
    """A team's plan of a year, still without steps."""
    return _keep(StudyPlan(org=org, **facts), by)


@transaction.atomic
def name_instructor(org: Org, *, by: Actor, **facts: Any) -> Instructor:
    """Somebody teaches in a team."""
    return _keep(Instructor(org=org, **facts), by)


@transaction.atomic
def propose_topic(org: Org, *, by: Actor, members: Iterable[Person] = (), **facts: Any) -> Topic:
    """An improvement is proposed, with the group that would work at it."""
    topic = Topic(org=org, **facts)
    topic.full_clean()
    topic.save()
    topic.members.set(members)
    record(topic, "create", by=by, changes=changes_of({}, snapshot(topic)))
    return topic


@transaction.atomic
def show_evidence(org: Org, *, by: Actor, **facts: Any) -> Evidence:
    """Something that shows a mechanism at work."""
    return _keep(Evidence(org=org, **facts), by)


@transaction.atomic
def reward(org: Org, *, by: Actor, **facts: Any) -> Incentive:
    """A member is rewarded, which goes into their credits."""
    given = _keep(Incentive(org=org, **facts), by)
    settle_incentive(given, by=by)
    return given


def _keep(row: M, by: Actor) -> M:
    row.full_clean()
    row.save()
    record(row, "create", by=by, changes=changes_of({}, snapshot(row)))
    return row
