"""Whose name is removed is not named any more by what other records say of them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from gonghui.core.access.actor import SYSTEM
from gonghui.core.credits.models import Credit
from gonghui.core.flow.life import flows
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import redact
from gonghui.core.notices.models import Notice
from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import CorrectionState, Person
from gonghui.core.screens.doors import door
from gonghui.core.signing.models import Registration
from gonghui.core.watch.models import Finding

from ..models import Application
from ..queries.pointing import pointers

Records = dict[type[models.Model], set[int]]
Say = Callable[[str], str]
BATCH = 500  # records read at once
NOTICE = ("title", "body")
TEXTS = (models.CharField, models.TextField)
# What others wrote of a matter in the records that are a person's own: reasons, notes, answers.
SAID = frozenset({
    "reason", "refusal", "answer", "note", "words", "objection", "why", "chosen_why", "evidence",
    "revoked_for", "matter", "what", "conflict",
})  # fmt: skip


def forget_words(person: Person) -> None:
    """What somebody wrote of themselves and their family when they asked for something.

    What they asked to have corrected and nobody answered is let go: there is no record to correct.
    """
    for asked in person.corrections.filter(state=CorrectionState.ASKED).order_by("pk"):
        flows["people.correction"].perform(asked, "take_back", by=SYSTEM)
    Application.objects.filter(person=person).update(words="")
    person.corrections.update(wanted=None, reason="")
    Registration.objects.filter(person=person).update(companion_names=[], answers={})


def forget_name(person: Person, names: Iterable[str], *, instead: str) -> None:
    """Say ``instead`` where the history of records that name the person says one of the names.

    Likewise in what people were told of these records, in the credits others got by them and in
    the reasons and notes of the records that are the person's own; of a name that nobody else has,
    in all that people were told and in what the checks have found.
    """
    names = set(names)
    say, records = _without(names, instead), _naming(person)
    for model, keys in records.items():
        kind = ContentType.objects.get_for_model(model)
        wanted = sorted(keys)
        for at in range(0, len(wanted), BATCH):
            part = wanted[at : at + BATCH]
            for subject in _telling(kind, part, say):
                redact(model(pk=subject), hide=lambda _, said: _replaced(said, say))
            _reword(Credit.objects.filter(record_type=kind, record_id__in=part), ("words",), say)
            doors = {door(one) for one in model._base_manager.filter(pk__in=part)} - {""}
            _reword(Notice.objects.filter(url__in=doors), NOTICE, say)
    _forget_in_own(person, say)
    for name in names:
        if not Person.objects.filter(name=name).exists():
            told = Q(title__contains=name) | Q(body__contains=name)
            _reword(Notice.objects.filter(told), NOTICE, say)
            _reword(Finding.objects.filter(sentence__contains=name), ("sentence",), say)


def _forget_in_own(person: Person, say: Say) -> None:
    for relation in Person._meta.related_objects:
        model: Any = relation.related_model
        texts = [f for f in model._meta.local_concrete_fields if isinstance(f, TEXTS)]
        written = [field.name for field in texts if field.name in SAID]
        if relation.field.name == "person" and written:
            _reword(model._base_manager.filter(person=person), tuple(written), say)


def _naming(person: Person) -> Records:
    """The records that point to a person, and what these are part of."""
    found: Records = defaultdict(set)
    for one in pointers():
        rows = one.rows(person).order_by()
        keys = {key for key in rows.values_list("pk", flat=True) if isinstance(key, int)}
        if not keys or one.model is Notice:
            continue
        found[one.model] |= keys
        for field in one.model._meta.local_concrete_fields:
            whole = field.related_model
            if isinstance(whole, type) and issubclass(whole, (OrgRecord, Person)):
                found[whole] |= set(rows.values_list(field.attname, flat=True)) - {None}
    return found


def _telling(kind: ContentType, keys: list[int], say: Say) -> Iterator[int]:
    """Of these records those whose history says the name."""
    entries = Entry.objects.filter(content_type=kind, object_id__in=keys).order_by()
    telling = set()
    for key, said in entries.values_list("object_id", "changes"):
        text = json.dumps(said, ensure_ascii=False)
        if say(text) != text:
            telling.add(key)
    yield from sorted(telling)


def _reword(rows: models.QuerySet[Any], fields: tuple[str, ...], say: Say) -> None:
    changed = []
    for row in rows.only(*fields).order_by():
        before = [getattr(row, name) for name in fields]
        after = [_fitted(row, name, say(text)) for name, text in zip(fields, before, strict=True)]
        if after != before:
            for name, text in zip(fields, after, strict=True):
                setattr(row, name, text)
            changed.append(row)
    rows.model._base_manager.bulk_update(changed, fields, batch_size=200)


def _fitted(row: models.Model, name: str, text: str) -> str:
    """The words that stand for a name may be longer than it was; the column may be full."""
    field: Any = row._meta.get_field(name)
    return text[: field.max_length] if field.max_length else text


def _without(names: set[str], instead: str) -> Say:
    """Replaces the names where they do not begin or end the longer name of somebody else."""
    longer: set[str] = set()
    for name in names:
        longer |= set(Person.objects.filter(name__contains=name).values_list("name", flat=True))
    every = sorted(names | longer, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, every)))
    return lambda text: pattern.sub(lambda m: instead if m[0] in names else m[0], text)


def _replaced(said: Any, say: Say) -> Any:
    if isinstance(said, str):
        return say(said)
    if isinstance(said, list):
        return [_replaced(one, say) for one in said]
    if isinstance(said, dict):
        return {name: _replaced(one, say) for name, one in said.items()}
    return said
