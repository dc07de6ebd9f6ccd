"""What is on record of a person, field by field, with the words people read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models.functions import ExtractDay
from django.utils.timezone import localtime

from gonghui.core.people.models import Identity, Marital, Particulars, Person
from gonghui.core.screens.changes import shown
from gonghui.core.screens.doors import page_fields
from gonghui.kit.sealed_fields import SealedField, Secret

OWN = (
    "name", "sex", "birth_date", "employment", "work_status", "gig", "is_migrant", "employer",
    "department", "position", "former_unit", "joined_on",
)  # fmt: skip
FURTHER = (
    "ethnicity", "politics", "education", "degree", "household", "domicile", "residence", "duty",
    "skill", "title_level", "card_no",
)  # fmt: skip
SEALED = ("number", "mobile", "bank_card", "marital")
# What a union cannot change on a word: joining and employment have their papers, a name its proof.
CORRECTABLE = (
    "name", "number", "mobile", "sex", "birth_date", "work_status", "employer", "department",
    "position", "former_unit", *FURTHER[:8], "skill", "title_level", "bank_card", "marital",
)  # fmt: skip


# What the real-name register wants of everybody (domain §3.3); joining comes from the ledger, and
# that somebody is no migrant worker is an answer too.
REQUIRED = (
    "number", "sex", "birth_date", "education", "household", "mobile", "employer", "department",
    "position", "duty", "employment", "work_status", "is_migrant",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One field of a record: what it is called and what may be shown of it."""

    name: str
    label: str
    value: Any
    is_sealed: bool = False


def field_of(name: str) -> models.Field[Any, Any]:
    """The field of this name, in whichever table of a person's record it lies."""
    for model in (Identity, Particulars, Person):
        if name in {field.name for field in model._meta.concrete_fields}:
            return model._meta.get_field(name)  # type: ignore[return-value]  # a column, no relation
    raise KeyError(name)


def label_of(name: str) -> str:
    """What a field is called."""
    return str(field_of(name).verbose_name)


def facts_of(person: Person, names: tuple[str, ...] = OWN + FURTHER) -> list[Line]:
    """The plain fields, those not filled in left out."""
    further = getattr(person, "particulars", None) or Particulars(person=person)
    return [line for line in _lines(names, person, further) if line.value not in (None, "")]


def _lines(names: tuple[str, ...], person: Person, further: Particulars) -> Iterator[Line]:
    for name in names:
        source: Any = further if name in FURTHER else person
        value = shown(source, source._meta.get_field(name))
        if isinstance(value, bool):
            value = "是" if value else "否"
        yield Line(name, label_of(name), value)


def sealed_of(person: Person, *, opened: bool = False) -> list[Line]:
    """The sealed fields that are filled in: their masks, or what they are for their own person."""
    identity = getattr(person, "identity", None)
    if identity is None:
        return []
    found = [(name, getattr(identity, name)) for name in SEALED]
    return [
        Line(name, _sealed_label(name, identity), words(name, value) if opened else value, True)
        for name, value in found
        if value
    ]


def words(name: str, secret: Secret) -> str:
    """A sealed value opened, as people read it."""
    plain = secret.reveal()
    return str(dict(Marital.choices).get(plain, plain)) if name == "marital" else plain


def missing_of(person: Person) -> list[str]:
    """What the register wants and nobody filled in yet; nothing of who is gone for good."""
    if person.anonymised_at:
        return []
    tables = (person, getattr(person, "particulars", None), getattr(person, "identity", None))
    return [
        label_of(name)
        for name in REQUIRED
        if all(getattr(table, name, None) in (None, "") for table in tables)
    ]


def in_words(name: str, kept: str) -> str:
    """What a wish or a kept text means: the word of a code, a mask of what is sealed."""
    field = field_of(name)
    if isinstance(field, SealedField):
        return field.mask(kept) if kept else kept
    found = dict(field.flatchoices).get(kept, kept)
    return {"True": "是", "False": "否"}.get(str(found), str(found))


def told_of(row: models.Model, *, but: Person, fields: tuple[str, ...] = ()) -> str:
    """What a record says, field by field in words, without naming again whose it is.

    ``fields`` where they are named, else as much as its page tells; where it has none, each column
    with a Chinese name, for the others are the machine's own. What is sealed is told where it
    belongs.
    """
    said, names = [], fields or page_fields(type(row))
    for field in row._meta.concrete_fields:
        if names and field.name not in (*names, "state"):
            continue
        if str(field.verbose_name).isascii() or isinstance(field, SealedField):
            continue
        value = shown(row, field)
        if value not in (None, "", [], {}, str(but)):
            said.append(f"{field.verbose_name}：{_word(value)}")
    return "；".join(said)


def _word(value: Any) -> str:
    """A value as one reads it on paper."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return "、".join(map(_word, value))
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    return str(value)


def _sealed_label(name: str, identity: Identity) -> str:
    if name == "number":
        return f"{identity.get_kind_display()}号码"
    return label_of(name)


def born_in(rows: models.QuerySet[Person], month: int) -> models.QuerySet[Person]:
    """Those of these people whose birthday is in a month, in the order of the days (R-374)."""
    born = rows.filter(birth_date__month=month, left_on=None, merged_into=None)
    return born.annotate(born_day=ExtractDay("birth_date")).order_by("born_day", "pinyin", "pk")


def turning(person: Person, today: date) -> int | None:
    """How old a person becomes this year; nobody's age is guessed."""
    return today.year - person.birth_date.year if person.birth_date else None
