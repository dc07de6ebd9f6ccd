"""Who is on an activity's list, and how many stand where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.activities.forms.activity import CATEGORIES, OUTSIDERS
from gonghui.core.activities.models import Activity
from gonghui.core.files.models import Attachment
from gonghui.kit.prepared import about_all

from ..models import Choice, Question, Registration
from ..rules import REGISTRATION_RULES

STATUS = Registration.Status


@dataclass(frozen=True)
class Counts:
    """How many stand where; people, not places."""

    signed: int
    waiting: int
    invited: int
    asked: int


def seated(activity: Activity) -> QuerySet[Registration]:
    """Those with a place, by unit and name."""
    rows = activity.registrations.filter(status=STATUS.SIGNED).select_related("person", "org")
    return rows.order_by("org__path", "person__pinyin", "guest", "pk")


def standing(activity: Activity, people: Sequence[int]) -> QuerySet[Registration]:
    """What there is of these people already, in whatever state."""
    rows = Registration.objects.all()
    if len(people) == 1:
        return about_all(
            (activity.pk, people[0]),
            "standing",
            lambda pk, person: rows.filter(activity=pk, person=person).order_by(),
        )
    return rows.filter(activity=activity, person__in=people)


def waiting(activity: Activity) -> QuerySet[Registration]:
    """Those in the line, the next to move up first."""
    rows = activity.registrations.filter(status=STATUS.WAITING)
    return rows.select_related("person", "org").order_by("line")


def asking(activity: Activity) -> QuerySet[Registration]:
    """Those who wait for the organiser's leave, the first to ask first."""
    rows = activity.registrations.filter(status=STATUS.ASKED)
    return rows.select_related("person", "org").order_by("line")


def chosen_by(rows: Sequence[Registration]) -> dict[int, list[Choice]]:
    """Registration → the items chosen; one query for all."""
    found: dict[int, list[Choice]] = {row.pk: [] for row in rows}
    for choice in Choice.objects.filter(registration__in=found).select_related("quota"):
        found[choice.registration_id].append(choice)
    return found


def asked_of(activity: Activity) -> dict[str, list[Registration]]:
    """Those who were asked: without an answer, and those who will not come."""
    rows = activity.registrations.filter(status__in=(STATUS.INVITED, STATUS.DECLINED))
    found = list(rows.select_related("person", "org").order_by("org__path", "person__pinyin"))
    return {
        "unanswered": [one for one in found if one.status == STATUS.INVITED],
        "declined": [one for one in found if one.status == STATUS.DECLINED],
    }


def counts_of(activity: Activity) -> Counts:
    """Counted from the rows, in one query."""
    states = Counter(activity.registrations.values_list("status", flat=True))
    return Counts(
        states[STATUS.SIGNED], states[STATUS.WAITING], states[STATUS.INVITED], states[STATUS.ASKED]
    )


WORDS = dict((*CATEGORIES, *OUTSIDERS))


def dress(activity: Activity, rows: list[Registration], actor: Actor) -> None:
    """Each row with its answers, its papers, what is still owed, and whether it may be taken out.

    Six queries however many the rows are.
    """
    chosen = chosen_by(rows)
    questions = {str(question.pk): question for question in activity.questions.all()}
    versions = {one.pk: one for one in activity.terms.all()}
    kind = ContentType.objects.get_for_model(Registration)
    papers: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(content_type=kind, object_id__in=[r.pk for r in rows]):
        papers.setdefault(file.object_id, []).append(file)
    shown = Registration.objects.filter(pk__in=[row.pk for row in rows])
    may = REGISTRATION_RULES["withdraw"].narrow(shown, actor).values_list("pk", flat=True)
    free = set(may)
    for row in rows:
        one: Any = row
        one.label = str(row)
        # Who waits for leave waits for no item yet.
        asked = row.status == STATUS.ASKED
        items = ((choice.quota if asked else choice) for choice in chosen[row.pk])
        one.item_words = "、".join(map(str, items))
        one.said = said_by(row, questions)
        one.papers = papers.get(row.pk, [])
        one.kind_words, one.companion_words = (
            WORDS.get(row.category, ""), WORDS.get(row.companion_kind, ""),
        )  # fmt: skip
        one.agreed = versions.get(row.terms_id or 0) if len(versions) > 1 else None
        one.owing = _owing(activity, row, questions)
        one.may_withdraw = row.pk in free


def said_by(row: Registration, questions: dict[str, Question]) -> list[tuple[str, str]]:
    """What was asked and what they said; a paper is a file of its own."""
    return [
        (questions[k].label, words)
        for k, words in row.answers.items()
        if k in questions and questions[k].kind != Question.Kind.FILE
    ]


def _owing(activity: Activity, row: Registration, questions: dict[str, Question]) -> str:
    """What a person signed up by others has not done yet; nothing is asked of a guest."""
    if row.person_id is None:
        return ""
    if activity.consent and row.consented_at is None:
        return "还没同意须知"
    missing = [k for k, q in questions.items() if q.is_required and not row.answers.get(k)]
    return "还有问题没答" if missing else ""
