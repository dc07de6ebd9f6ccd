"""A person's education as proofs kept elsewhere raise it, and as it was before when one falls."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.flow.life import flows
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import history_of
from gonghui.core.people.education import highest, is_higher
from gonghui.core.people.models import CorrectionState, Education, Particulars, Person

from ..rules import PERSON_RULES
from .privacy import ask
from .record import change_record

CODES = {one.label: one.value for one in Education}


@transaction.atomic
def raise_education(person: Person, code: str, *, proof: str, by: Actor) -> None:
    """Take over a degree that was proved: written at once by who keeps people, else asked of them.

    Never lower than what is on record. Who has already asked for another education waits for the
    answer to that.
    """
    kept = Person.objects.select_for_update().get(pk=person.pk)
    if kept.anonymised_at or not is_higher(code, _education(kept)):
        return
    _write(kept, code, proof, by)


@transaction.atomic
def lower_education(
    person: Person, fallen: Collection[str], *, others: Collection[str], why: str, by: Actor
) -> None:
    """Bring back what stood before proofs that fell, and let go what was asked on them.

    Only for as long as the record says what those proofs said: what somebody wrote since stays.
    Where it is asked of those who keep people, what ``others`` prove is asked for at once; else
    they raise it again.
    """
    kept = Person.objects.select_for_update().get(pk=person.pk)
    if kept.anonymised_at:
        return
    asked = kept.corrections.filter(field="education", state=CorrectionState.ASKED)
    for correction in asked.filter(reason__in=fallen):
        flows["people.correction"].perform(correction, "take_back", by=SYSTEM)
    now, said = _education(kept), history_of(kept).filter(changes__has_key="education")
    before = _without(said, now, fallen)
    if not PERSON_RULES["edit"].allows(by, kept):
        before = highest((before, *others))
    if is_higher(now, before):
        _write(kept, before, why, by)


def _without(said: QuerySet[Entry], now: str, fallen: Collection[str]) -> str:
    """What the record said before the latest changes that rest on what has fallen."""
    for entry in said:
        was, became = (CODES.get(word, "") for word in entry.changes["education"])
        if became != now or entry.changes.get("reason") not in fallen:
            break
        now = was
    return now


def _education(person: Person) -> str:
    held = Particulars.objects.filter(person=person).first()
    return held.education if held else ""


def _write(person: Person, code: str, reason: str, by: Actor) -> None:
    if PERSON_RULES["edit"].allows(by, person):
        change_record(person, by=by, reason=reason, education=code)
    elif not person.corrections.filter(field="education", state=CorrectionState.ASKED).exists():
        ask(person, "education", wanted=code, reason=reason, by=by)
