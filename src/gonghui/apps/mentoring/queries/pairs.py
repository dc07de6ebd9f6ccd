"""How far a pair has come: its milestones with their days, its lessons, its hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from gonghui.core.people.models import Person
from gonghui.kit.deadlines import add_months

from ..models import OPEN, Lesson, Milestone, Pair, Passage


@dataclass(frozen=True)
class Step:
    """One milestone of a pair: when it is due and whether it was reached."""

    milestone: Milestone
    due_on: date
    passage: Passage | None
    day: date

    @property
    def words(self) -> str:
        if self.passage:
            return "已达到"
        if self.milestone.is_blank:
            return "由本单位填写"
        return "已逾期" if self.is_late else "未到期"

    @property
    def tone(self) -> str:
        if self.passage:
            return "done"
        return "late" if self.is_late else "wait"

    @property
    def is_open(self) -> bool:
        """It may be found reached: it says what it asks, and was not yet."""
        return not self.passage and not self.milestone.is_blank

    @property
    def is_late(self) -> bool:
        """A name without content is late for nobody."""
        return self.is_open and self.due_on < self.day


def steps_of(pair: Pair, day: date) -> list[Step]:
    """The milestones of the pair's track, counted from its first day."""
    if pair.track_id is None:
        return []
    passed = {one.milestone_id: one for one in pair.passages.select_related("by")}  # type: ignore[attr-defined]  # our own key's other end
    rows = Milestone.objects.filter(track=pair.track_id)
    return [Step(one, add_months(pair.since, one.months), passed.get(one.pk), day) for one in rows]


def hours_of(pair: Pair) -> Decimal | None:
    """Hours of confirmed lessons; nothing where none was written down."""
    rows = Lesson.objects.confirmed().filter(pair=pair)
    total: Decimal | None = rows.aggregate(total=Sum("hours"))["total"]
    return total


def pairs_of(person: Person) -> QuerySet[Pair]:
    """The pairs somebody is in, those that go on first."""
    rows = Pair.objects.filter(Q(mentor=person) | Q(apprentice=person))
    return rows.select_related("org", "mentor", "apprentice", "track").order_by("-since", "-pk")


def lessons_of(pair: Pair) -> QuerySet[Lesson]:
    """What the two did, the latest first."""
    return Lesson.objects.filter(pair=pair).select_related("by", "confirmed_by")


def open_pairs_of(person: Person) -> QuerySet[Pair]:
    return pairs_of(person).filter(state__in=OPEN)


def lessons_to_confirm(person: Person) -> QuerySet[Lesson]:
    """What the other wrote and this person has not confirmed."""
    mine = Q(pair__mentor=person) | Q(pair__apprentice=person)
    rows = Lesson.objects.filter(mine, confirmed_at=None).exclude(by=person)
    return rows.select_related("pair__mentor", "pair__apprentice", "by")
