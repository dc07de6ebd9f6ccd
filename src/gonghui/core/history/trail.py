"""Writes and reads the history: ``record`` adds an entry, ``history_of`` lists them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.kit.loading import load, moment
from gonghui.kit.prepared import about, about_all
from gonghui.kit.writing import Statement, insertion, write

from .models import Entry


class Verbs(dict[str, str]):
    """Verbs and what people call them; one verb has one label, whichever app says it first."""

    def __ior__(self, more: Any) -> Verbs:  # type: ignore[override,misc]  # of words alone
        for verb, label in dict(more).items():
            if self.setdefault(verb, label) != label:
                raise ValueError(f"{verb!r} is {self[verb]} already and cannot be {label}")
        return self


# Verbs every record may have; a flow adds the labels of its transitions, an app its own.
VERBS = Verbs({"create": "新建", "update": "修改", "delete": "移入回收站"})


# Encoders are made once: ``json.dumps`` makes one for each call that asks for anything unusual.
_SPELL = DjangoJSONEncoder(ensure_ascii=False).encode
_SORTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

COLUMNS = (
    "content_type", "object_id", "number", "verb", "by", "at", "request_id", "changes", "digest",
)  # fmt: skip

# Who else must know of every mutation, in its transaction: called as (subject, verb), put here at
# start-up by a layer above.
after_record: list[Callable[[models.Model, str], None]] = []
# Likewise of many at once: called as (model, keys, verb). Who only listens above is not told of
# many; what follows a bulk load whole (the checks of the watch) is asked for by the one who loads.
after_record_many: list[Callable[[type[models.Model], Sequence[int], str], None]] = []


@transaction.atomic(savepoint=False)
def record(
    subject: models.Model,
    verb: str,
    *,
    by: Actor,
    changes: Mapping[str, Any] | None = None,
    is_new: bool = False,
    after: tuple[int, str] | None = None,
    beside: Sequence[Statement] = (),
) -> Entry:
    """Add an entry; ``changes`` maps a field to ``[before, after]`` or names what was said.

    ``is_new``: the subject was made in this transaction, so nobody has spoken of it, and nobody
    else can; that saves asking. ``after`` is the ``latest`` entry, as it was read under the lock of
    the subject. A second entry of the same number is refused by the database. ``beside`` is
    written in the same step: what the entry speaks of.
    """
    number, before = (0, "") if is_new else after or _last(subject)
    entry = Entry(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        number=number + 1,
        verb=verb,
        by=by.person,
        at=timezone.now(),
        request_id=by.request_id,
        changes=json.loads(json.dumps(dict(changes or {}), cls=DjangoJSONEncoder)),
    )
    entry.digest = _digest(entry, before)
    entry.pk = write([*beside, insertion(entry)])
    for listener in after_record:
        listener(subject, verb)
    return entry


@transaction.atomic
def record_many(
    model: type[models.Model], said: Mapping[int, Mapping[str, Any]], verb: str, *, by: Actor
) -> dict[int, int]:
    """Add one entry to each record of a model, key → changes, in a few queries; key → number."""
    keys = sorted(said)
    # The rows are the locks that keep their chains single, always taken in one order.
    rows = model._base_manager.select_for_update().filter(pk__among=keys).order_by("pk")
    list(rows.values_list("pk", flat=True))
    kind = ContentType.objects.get_for_model(model)
    chains = Entry.objects.filter(content_type=kind, object_id__among=keys).order_by("number")
    last = {pk: (n, d) for pk, n, d in chains.values_list("object_id", "number", "digest")}
    said_at, by_id = timezone.now(), by.person.pk if by.person else None
    written_at = moment(said_at)
    spelled_at = said_at.isoformat()
    numbers: dict[int, int] = {}
    rows_of_entries = []
    for key in keys:
        number, before = last.get(key, (0, ""))
        numbers[key] = number = number + 1
        text = _SPELL(said[key])
        # What is hashed is what will be read again: a day, an amount is a text by then.
        digest = _digest_of(before, kind.pk, key, number, verb, by_id, spelled_at, json.loads(text))
        rows_of_entries.append(
            (kind.pk, key, number, verb, by_id, written_at, by.request_id, text, digest)
        )
    load(Entry, COLUMNS, rows_of_entries)
    for listener in after_record_many:
        listener(model, keys, verb)
    return numbers


def history_of(subject: models.Model) -> models.QuerySet[Entry]:
    """Newest first, with the people."""
    return _chain(subject).select_related("by").order_by("-number")


@transaction.atomic
def redact(subject: models.Model, *, hide: Callable[[str, Any], Any]) -> None:
    """Rewrite what a record's entries say, field by field, and chain them anew.

    Only for data a person may have removed (个人信息保护法 §47): who did what and when stays, and
    whoever redacts leaves an entry of their own behind.
    """
    before, entries = "", list(_chain(subject).select_for_update().order_by("number"))
    for entry in entries:
        entry.changes = {name: hide(name, said) for name, said in entry.changes.items()}
        entry.digest = before = _digest(entry, before)
    Entry.objects.bulk_update(entries, ["changes", "digest"], batch_size=200)


def broken_link(subject: models.Model) -> Entry | None:
    """The first entry of a record that was changed or whose forerunner is missing."""
    before = ""
    for number, entry in enumerate(_chain(subject).order_by("number"), 1):
        if entry.number != number or entry.digest != _digest(entry, before):
            return entry
        before = entry.digest
    return None


def _last(subject: models.Model) -> tuple[int, str]:
    """The latest entry, the subject's row locked: that keeps its chain single."""
    model = type(subject)
    list(about(subject.pk, ("chain", model._meta.label), lambda pk: _row(model, pk)))
    return latest(subject)


def latest(subject: models.Model) -> tuple[int, str]:
    """Number and digest of a record's latest entry; the caller has locked its row."""
    kind = ContentType.objects.get_for_model(subject)
    return next(iter(about_all((kind.pk, subject.pk), "last entry", _latest)), (0, ""))


def _row(model: type[models.Model], pk: int) -> models.QuerySet[Any, int]:
    rows = model._base_manager.select_for_update().filter(pk=pk).order_by()
    return rows.values_list("pk", flat=True)


def _latest(kind: int, pk: int) -> models.QuerySet[Any, tuple[int, str]]:
    rows = Entry.objects.filter(content_type=kind, object_id=pk).order_by("-number")
    return rows.values_list("number", "digest")[:1]


def _chain(subject: models.Model) -> models.QuerySet[Entry]:
    kind = ContentType.objects.get_for_model(subject)
    return Entry.objects.filter(content_type=kind, object_id=subject.pk)


def _digest(entry: Entry, before: str) -> str:
    return _digest_of(
        before,
        entry.content_type_id,
        entry.object_id,
        entry.number,
        entry.verb,
        entry.by_id,
        entry.at.isoformat(),
        entry.changes,
    )


def _digest_of(*said: Any) -> str:
    return hashlib.sha256(_SORTED(said).encode()).hexdigest()
