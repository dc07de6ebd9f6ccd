"""Effects of the steps of a topic's life; released it earns its group a credit, once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gonghui.core.access.actor import Actor
from gonghui.core.credits.models import Credit
from gonghui.core.credits.settling import Earned, settle, withdraw
from gonghui.kit.errors import DomainError

from ..models import Topic

ONE = Decimal(1)


def release(
    topic: Topic, *, on: date, result: str, after: Decimal | None = None, by: Actor
) -> None:
    """The result is told to the team; where there is a measure, with the figures of both sides."""
    if topic.measure and topic.before is None:
        raise DomainError("请先在课题里填改善前的数，才比得出变化。")
    if topic.measure and after is None:
        raise DomainError(f"请填改善后的{topic.measure}。")
    if not topic.measure and after is not None:
        raise DomainError("请先在课题里写明用什么衡量、什么单位。")
    topic.after, topic.result, topic.released_on = after, result, on
    topic.save(update_fields=["after", "result", "released_on"])
    group = {topic.leader_id, *topic.members.values_list("pk", flat=True)}
    earned = [
        Earned(
            person_id=person, kind="improvement", role=Credit.Role.OWN, amount=ONE, on=on,
            words=topic.title, category=topic.field,
        )
        for person in sorted(group)
    ]  # fmt: skip
    settle(topic, topic.org, earned, by=by)


def praise(topic: Topic, *, on: date, words: str, by: Actor) -> None:
    topic.praise, topic.praised_on = words, on
    topic.save(update_fields=["praise", "praised_on"])


def reopen(topic: Topic, *, reason: str, by: Actor) -> None:
    """What it earned counts no more until it is released anew."""
    topic.after, topic.released_on, topic.praise, topic.praised_on = None, None, "", None
    topic.save(update_fields=["after", "released_on", "praise", "praised_on"])
    withdraw(topic, topic.org, by=by)
