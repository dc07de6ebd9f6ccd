"""What an activity left is written down: minutes, gains, who contributed, what people thought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import OVER, Activity, State
from gonghui.core.history.trail import VERBS, record
from gonghui.core.screens.panels import WORDS
from gonghui.core.signing.models import Quota, Registration
from gonghui.kit.errors import DomainError

from ..models import Contribution, Feedback, Record

VERBS |= {"note": "记录", "contribute": "记贡献", "results": "记成绩", "feedback": "评价"}
WORDS |= {"results": "成绩"}

OPEN_TO_NOTES = (State.OPEN, State.CLOSED, State.ANNOUNCED, State.HELD)


@dataclass(frozen=True)
class Given:
    """What one participant gave: the kind and the words for it."""

    registration: Registration
    kind: str
    words: str = ""


@dataclass(frozen=True)
class Result:
    """How one participant did in an item: the rank, the time or the score."""

    registration: Registration
    rank: int | None = None
    words: str = ""


@transaction.atomic
def keep_record(activity: Activity, *, minutes: str, gains: str, by: Actor) -> Record:
    """Write what happened and what came of it; a finished record is reopened first."""
    locked = open_record(activity)
    kept, _ = Record.objects.get_or_create(activity=locked)
    before = {"minutes": kept.minutes, "gains": kept.gains}
    kept.minutes, kept.gains = minutes, gains
    kept.save(update_fields=["minutes", "gains"])
    after = {"minutes": minutes, "gains": gains}
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        record(locked, "note", by=by, changes=changes)
    return kept


@transaction.atomic
def set_contributions(activity: Activity, given: Sequence[Given], *, by: Actor) -> Activity:
    """Replace who contributed what; only people of this activity can have.

    Results of items are kept apart (``set_results``).
    """
    kept = open_record(activity)
    _check_people(kept, [one.registration for one in given])
    before = _told(kept)
    kept.contributions.filter(quota=None).delete()
    Contribution.objects.bulk_create(
        Contribution(activity=kept, registration=g.registration, kind=g.kind, words=g.words)
        for g in given
    )
    after = _told(kept)
    if before != after:
        record(kept, "contribute", by=by, changes={"contributions": [before, after]})
    return kept


@transaction.atomic
def set_results(
    activity: Activity, quota: Quota, results: Sequence[Result], *, by: Actor
) -> Activity:
    """Replace how people did in one item; who has neither a rank nor a word for it has none."""
    kept = open_record(activity)
    people = [one.registration for one in results]
    _check_people(kept, people)
    if quota.activity_id != kept.pk or not quota.name:
        raise DomainError("这个活动没有这一项。")
    if twice := next((one for one in people if people.count(one) > 1), None):
        raise DomainError(f"{twice}写了两行，请留一行。")
    before = _told(kept, quota)
    kept.contributions.filter(quota=quota).delete()
    Contribution.objects.bulk_create(
        Contribution(
            activity=kept,
            registration=one.registration,
            kind=Contribution.Kind.PLACED,
            quota=quota,
            rank=one.rank,
            words=one.words,
        )
        for one in results
        if one.rank or one.words
    )
    after = _told(kept, quota)
    if before != after:
        record(kept, "results", by=by, changes={"results": [before, after]})
    return kept


@transaction.atomic
def give_feedback(
    registration: Registration, *, stars: int, words: str = "", by: Actor
) -> Feedback:
    """A participant says how it was, once; said again it replaces the first."""
    if by.person is None or registration.person_id != by.person.pk:
        raise DomainError("只能评价自己参加的活动。")
    if Activity.objects.get(pk=registration.activity_id).state not in OVER:
        raise DomainError("活动结束以后才能评价。")
    if not registration.attendances.filter(in_at__isnull=False).exists():
        raise DomainError("到场的人才能评价；如果漏了签到，请找组织者补签。")
    feedback, _ = Feedback.objects.update_or_create(
        registration=registration,
        defaults={"stars": stars, "words": words, "given_at": timezone.now()},
    )
    # The words are shown without the name, so history keeps that it was said and not what.
    record(registration, "feedback", by=by)
    return feedback


def open_record(activity: Activity) -> Activity:
    """The activity, locked, while its record may still be written; a finished one is reopened."""
    kept = Activity.objects.select_for_update().get(pk=activity.pk)
    if kept.state not in OPEN_TO_NOTES:
        raise DomainError("记录已经完成，要补记请先按「继续补记」。")
    return kept


def _check_people(activity: Activity, people: Sequence[Registration]) -> None:
    for one in people:
        if one.activity_id != activity.pk:
            raise DomainError(f"{one}没有参加这个活动。")


def _told(activity: Activity, quota: Quota | None = None) -> str:
    rows = activity.contributions.filter(quota=quota)
    told = rows.select_related("registration__person", "quota")
    return "；".join(f"{row} {row.said}".strip() for row in told)
