"""Whoever changes the places or the marks of an activity takes turns on its row."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Exists, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.access.anyone import for_anyone
from gonghui.core.activities.models import Activity
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.kit.prepared import about, about_all, only, together
from gonghui.kit.writing import NextKey

from ..models import Question, Quota, Registration


def lock(pk: int, person: int = 0) -> Activity:
    """The activity's row, locked: whoever changes places or marks takes turns on it.

    What hangs on it is read along, so that a rush asks for nothing that is not there: quotas,
    questions, something of one person already (``stranger`` is who has nothing).
    """
    asked: Any = about_all((pk, person), "locked", _locked, all_read=True)
    take_turn(pk, asked)
    found: Any = only(asked)
    found.stranger = person if person and not found.is_known else None
    locked: Activity = found
    return locked


def lock_to_sign(actor: Actor, pk: int) -> Activity | None:
    """The same where the actor may sign up, with ``has_groups``; whether they may is asked along.

    Nothing where they may not, or where it is not for anybody on record.
    """
    if actor.person is None:
        return None
    asked: Any = for_anyone(actor, "activity locked to sign", _to_sign, pk)
    take_turn(pk, asked)
    found: Any = next(iter(asked), None)
    if found is not None:
        found.stranger = None if found.is_known else actor.person.pk
    locked: Activity | None = found
    return locked


def take_turn(pk: int, asked: QuerySet[Any] | None = None) -> None:
    """Wait for the activity's row; what is asked from now on nobody else changes meanwhile.

    ``asked`` is a question to be answered first thing after that (``kit.prepared``). On SQLite
    whoever has begun a transaction is the only one to write as it is.
    """
    if connection.features.has_select_for_update:
        turn = about(pk, "turn", _turn)
        together(*([turn] if asked is None else [turn, asked]))


def _turn(pk: int) -> QuerySet[Any, int]:
    rows = Activity.objects.select_for_update().filter(pk=pk).order_by()
    return rows.values_list("pk", flat=True)


def _locked(pk: int, person: int) -> QuerySet[Activity]:
    """In a question of its own after the lock: one that waited for it would see things before."""
    return _with_all_that_hangs_on_it(Activity.objects.filter(pk=pk), pk, person)


def _to_sign(anyone: Actor, pk: int) -> QuerySet[Activity]:
    rows = ACTIVITY_RULES["sign"].narrow(Activity.objects.filter(pk=pk), anyone).order_by()
    person = anyone.person.pk if anyone.person else 0
    groups = Exists(Quota.objects.exclude(name="").filter(activity=pk))
    return _with_all_that_hangs_on_it(rows, pk, person).annotate(has_groups=groups)


def _with_all_that_hangs_on_it(
    rows: QuerySet[Activity], pk: int, person: int
) -> QuerySet[Activity]:
    return rows.annotate(
        has_quotas=Exists(Quota.objects.filter(activity=pk)),
        has_questions=Exists(Question.objects.filter(activity=pk)),
        is_known=Exists(Registration.objects.filter(activity=pk, person=person)),
        next_key=NextKey(Registration),
    )
