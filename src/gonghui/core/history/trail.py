"""Writes and reads the history: ``record`` adds an entry, ``history_of`` lists them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor

from .models import Entry

# Verbs every record may have; a flow adds the labels of its transitions, an app its own.
VERBS: dict[str, str] = {"create": "新建", "update": "修改", "delete": "移入回收站"}


# Who else must know of every mutation, in its transaction: called as (subject, verb), put here at
# start-up by a layer above.
after_record: list[Callable[[models.Model, str], None]] = []


@transaction.atomic
def record(
    subject: models.Model, verb: str, *, by: Actor, changes: Mapping[str, Any] | None = None
) -> Entry:
    """Add an entry; ``changes`` maps a field to ``[before, after]`` or names what was said."""
    # The subject's row is the lock that keeps its chain single.
    manager = type(subject)._base_manager
    manager.select_for_update().filter(pk=subject.pk).values_list("pk", flat=True).first()
    last = _chain(subject).order_by("-number").first()
    entry = Entry(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        number=last.number + 1 if last else 1,
        verb=verb,
        by=by.person,
        at=timezone.now(),
        request_id=by.request_id,
        changes=json.loads(json.dumps(dict(changes or {}), cls=DjangoJSONEncoder)),
    )
    entry.digest = _digest(entry, last.digest if last else "")
    entry.save(force_insert=True)
    for listener in after_record:
        listener(subject, verb)
    return entry


def history_of(subject: models.Model) -> models.QuerySet[Entry]:
    """Newest first, with the people."""
    return _chain(subject).select_related("by").order_by("-number")


def broken_link(subject: models.Model) -> Entry | None:
    """The first entry of a record that was changed or whose forerunner is missing."""
    before = ""
    for number, entry in enumerate(_chain(subject).order_by("number"), 1):
        if entry.number != number or entry.digest != _digest(entry, before):
            return entry
        before = entry.digest
    return None


def _chain(subject: models.Model) -> models.QuerySet[Entry]:
    kind = ContentType.objects.get_for_model(subject)
    return Entry.objects.filter(content_type=kind, object_id=subject.pk)


def _digest(entry: Entry, before: str) -> str:
    said = [
        before,
        entry.content_type_id,
        entry.object_id,
        entry.number,
        entry.verb,
        entry.by_id,
        entry.at.isoformat(),
        entry.changes,
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
