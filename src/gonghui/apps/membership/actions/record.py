"""A person's further facts and what is sealed of them: kept, checked and told by masks."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Document, Identity, Particulars, Person
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit import identity as numbers
from gonghui.kit.errors import DomainError

from .people import change_person

VERBS |= {"record": "修改资料"}

NUMBERED = (Document.ID_CARD, Document.RESIDENCE)  # with a birth date and a check digit
# What the ID number says of its holder, in the words of the person's own table.
READ_FROM_NUMBER = ("birth_date", "sex")


@transaction.atomic
def change_record(person: Person, *, by: Actor, reason: str = "", **values: Any) -> Person:
    """Change whatever is on record of a person; each value finds the table it belongs to.

    An ID number brings birth date and sex along. One history entry tells it all, except that a
    change of the person's own facts leaves its own.
    """
    kept = Person.objects.select_for_update().get(pk=person.pk)
    if kept.anonymised_at:
        raise DomainError("资料已经注销，不能再修改。")
    values = _tidied(values) | _read(kept, values)
    changes: dict[str, Any] = {}
    for model in (Particulars, Identity):
        own = {name: values.pop(name) for name in _names(model) & set(values)}
        if own:
            changes |= _keep(model, kept, own, by)
    if changed := {name: v for name, v in values.items() if getattr(kept, name) != v}:
        kept = change_person(kept, by=by, reading=kept.pinyin, **changed)
    if changes:
        record(kept, "record", by=by, changes=changes | ({"reason": reason} if reason else {}))
    return kept


def check_number(kind: str, number: str) -> str:
    """The number as it is kept; what is wrong with it is a sentence."""
    tidied = numbers.tidy(number)
    if kind in NUMBERED:
        try:
            return numbers.read_id(tidied, today=timezone.localdate()).number
        except ValueError as error:
            raise DomainError(str(error)) from None
    if problem := numbers.document_problem(tidied):
        raise DomainError(problem)
    return tidied


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    """Numbers without blanks, proved; nothing typed is nothing kept."""
    found = dict(values)
    for name, problem_of in (
        ("mobile", numbers.mobile_problem),
        ("bank_card", numbers.card_problem),
    ):
        if found.get(name):
            if problem := problem_of(found[name]):
                raise DomainError(problem)
            found[name] = numbers.tidy(found[name]).replace("-", "")
    return found


def _read(person: Person, values: dict[str, Any]) -> dict[str, Any]:
    """The number as it is kept, and what it says of its holder."""
    if not values.get("number"):
        return {}
    held = Identity.objects.filter(person=person).first()
    kind = values.get("kind") or (held.kind if held else Document.ID_CARD)
    number = check_number(kind, values["number"])
    if not numbers.looks_like_id(number):
        return {"number": number}
    reading = numbers.read_id(number, today=timezone.localdate())
    return {"number": number, "birth_date": reading.birth_date, "sex": reading.sex}


def _keep(
    model: type[models.Model], person: Person, values: dict[str, Any], by: Actor
) -> dict[str, Any]:
    row: Any = model._base_manager.select_for_update().filter(person=person).first()
    row = row or model(person=person)  # type: ignore[misc]  # both tables belong to a person
    before = snapshot(row) if row.pk else {}
    for name, value in values.items():
        setattr(row, name, value)
    if model is Identity:
        _check_unique(row, by)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # Somebody else registered the number between the question and the answer.
        raise DomainError("这个证件号码刚刚已有人登记，请核对。") from None
    after = snapshot(row)
    return changes_of(before, {name: after[name] for name in values if name in after})


def _check_unique(row: Identity, by: Actor) -> None:
    """One number, one record; where the other one lies is told to whoever may know."""
    if not row.number:
        return
    others = Identity.objects.numbered(row.kind, row.number.reveal()).exclude(pk=row.pk)
    other = others.select_related("person__org").first()
    if other is None:
        return
    if by.can("people.view", at=other.person.org):
        raise DomainError(
            f"这个证件号码已登记在「{other.person.org}」的{other.person}名下。"
            "如果是同一个人，请合并；如果不是，请核对号码。"
        )
    raise DomainError("这个证件号码已在别的工会登记。请核对号码，或请上级工会协助办理。")


def _names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if field.editable} - {"id"}
