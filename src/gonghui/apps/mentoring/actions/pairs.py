"""The life of a pair: both agree, it begins, it ends in graduation or for a reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.credits.models import Credit
from gonghui.core.credits.settling import Earned, settle
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..models import Grade, Lesson, Milestone, Pair, Passage, State

VERBS |= {
    "write_lesson": "写带教记录", "confirm_lesson": "确认带教记录", "drop_lesson": "去掉带教记录",
    "pass": "评定目标",
}  # fmt: skip
WORDS |= {"grade": "评定", "verdict": "评语", "milestone": "培养目标", "lesson": "带教记录"}


@transaction.atomic
def propose_pair(pair: Pair, *, by: Actor) -> Pair:
    """Put two people together; both are asked on their phones."""
    for person, who in ((pair.mentor, "师傅"), (pair.apprentice, "徒弟")):
        if person.left_on is not None or person.merged_into_id is not None:
            raise DomainError(f"{who}{person}已经离开，不能结对。")
    pair.full_clean(exclude=["org"])
    pair.save(force_insert=True)
    record(pair, "create", by=by, changes=changes_of({}, snapshot(pair)), is_new=True)
    events.emit(pair, "propose", by=by)
    return pair


def agree_as_mentor(pair: Pair, *, by: Actor) -> None:
    pair.mentor_agreed_at = timezone.now()
    pair.save(update_fields=["mentor_agreed_at"])


def agree_as_apprentice(pair: Pair, *, by: Actor) -> None:
    pair.apprentice_agreed_at = timezone.now()
    pair.save(update_fields=["apprentice_agreed_at"])


def decline(pair: Pair, *, by: Actor, reason: str) -> None:
    pair.ending = reason
    pair.save(update_fields=["ending"])


def end(pair: Pair, *, by: Actor, on: date, reason: str) -> None:
    """It stops before graduation; nothing is earned by that, what was taught stays."""
    pair.ended_on, pair.ending = on, reason
    pair.save(update_fields=["ended_on", "ending"])


def graduate(pair: Pair, *, by: Actor, on: date, grade: str, verdict: str) -> None:
    """Found good enough: one more brought on for the mentor, one graduation for the apprentice."""
    if on < pair.since:
        raise DomainError("出师日期不能早于结对日期。")
    pair.ended_on, pair.grade, pair.verdict = on, grade, verdict
    pair.save(update_fields=["ended_on", "grade", "verdict"])
    settle(pair, pair.org, _graduated(pair), by=by)


def _graduated(pair: Pair) -> list[Earned]:
    day, one = pair.ended_on or pair.until, Decimal(1)
    label = Grade(pair.grade).label
    taught = Earned(
        pair.mentor_id, "mentoring", one, day, f"带{pair.apprentice}出师：{pair.field}",
        Credit.Role.TAUGHT,
    )  # fmt: skip
    learnt = Earned(
        pair.apprentice_id, "mentoring", one, day, f"出师（{label}）：{pair.field}",
        Credit.Role.OWN,
    )  # fmt: skip
    return [taught, learnt]


def other_of(pair: Pair, person: Person) -> Person:
    """Whoever of the two this person is not."""
    return pair.apprentice if person.pk == pair.mentor_id else pair.mentor


@transaction.atomic
def write_lesson(pair: Pair, *, by: Actor, **facts: Any) -> Lesson:
    """One of the two writes down what they did; the other is asked to confirm it."""
    kept = Pair.objects.select_for_update().get(pk=pair.pk)
    if not kept.is_running or by.person is None or by.person.pk not in _both(kept):
        raise DomainError("带教中的师傅和徒弟才能写记录。")
    lesson = Lesson(pair=kept, by=by.person, **facts)
    if lesson.on < kept.since:
        raise DomainError(f"结对从 {kept.since:%Y-%m-%d} 开始，请核对日期。")
    lesson.full_clean()
    lesson.save()
    record(kept, "write_lesson", by=by, changes={"lesson": str(lesson)})
    events.emit(lesson, "write", by=by)
    return lesson


def _both(pair: Pair) -> tuple[int, int]:
    return pair.mentor_id, pair.apprentice_id


@transaction.atomic
def confirm_lesson(lesson: Lesson, *, by: Actor) -> Lesson:
    """The other of the two says that it was so; hours count from then on."""
    kept = Lesson.objects.select_for_update().get(pk=lesson.pk)
    pair = Pair.objects.select_related("mentor", "apprentice", "org").get(pk=kept.pair_id)
    if kept.confirmed_at is not None:
        raise DomainError("这条记录已经确认。")
    if by.person is None or by.person.pk not in _both(pair) or by.person.pk == kept.by_id:
        raise DomainError("带教记录由另一方确认。")
    kept.confirmed_by, kept.confirmed_at = by.person, timezone.now()
    kept.save(update_fields=["confirmed_by", "confirmed_at"])
    settle(kept, pair.org, _taught(pair, kept), by=by)
    record(pair, "confirm_lesson", by=by, changes={"lesson": str(kept)})
    return kept


@transaction.atomic
def drop_lesson(lesson: Lesson, *, by: Actor) -> Pair:
    """What is not confirmed goes: its writer takes it back, or the other says it was not so."""
    kept = Lesson.objects.select_for_update().select_related("pair", "by").get(pk=lesson.pk)
    if kept.confirmed_at is not None:
        raise DomainError("这条记录已经确认，不能去掉。")
    record(kept.pair, "drop_lesson", by=by, changes={"lesson": str(kept)})
    events.emit(kept, "drop", by=by)
    kept.delete()
    return kept.pair


def _taught(pair: Pair, lesson: Lesson) -> list[Earned]:
    """Hours of learning for both; a lesson without hours earns none and still stands."""
    if lesson.hours is None:
        return []
    words = f"师带徒：{lesson.what}"
    roles = ((pair.mentor_id, Credit.Role.TAUGHT), (pair.apprentice_id, Credit.Role.ATTENDED))
    return [Earned(pk, "learning", lesson.hours, lesson.on, words, role) for pk, role in roles]


@transaction.atomic
def pass_milestone(pair: Pair, milestone: Milestone, *, on: date, words: str, by: Actor) -> Passage:
    """Find that the apprentice reached a milestone; a mere name is reached by nobody."""
    kept = Pair.objects.select_for_update().get(pk=pair.pk)
    if kept.state != State.RUNNING or milestone.track_id != kept.track_id:
        raise DomainError("这一项不是这对师徒正在进行的目标。")
    if milestone.is_blank:
        raise DomainError(f"“{milestone}”还没有写明内容，请先在培养方案里填写。")
    if on < kept.since:
        raise DomainError("达到日期不能早于结对日期。")
    if Passage.objects.filter(pair=kept, milestone=milestone).exists():
        raise DomainError(f"“{milestone}”已经评定过。")
    made = Passage.objects.create(pair=kept, milestone=milestone, on=on, words=words, by=by.person)
    record(kept, "pass", by=by, changes={"milestone": str(milestone), "on": on, "note": words})
    return made
