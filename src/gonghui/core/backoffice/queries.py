"""How an entry of the history is told: its verb and what it happened to."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models

from gonghui.core.flow.life import flows
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import VERBS
from gonghui.core.screens.screens import registry


def told_entries(rows: models.QuerySet[Entry]) -> models.QuerySet[Entry]:
    """Entries with who did them and what they happened to, one query a sort of record."""
    # Names of records are made of other records' names: fetched along, not one by one.
    whole = [screens.model._base_manager.select_related() for screens in registry]
    subjects = GenericPrefetch("subject", whole)
    return rows.select_related("by", "content_type").prefetch_related(subjects)


def label_of_verb(entry: Entry) -> str:
    """What a person calls it: a flow's own label first."""
    model = entry.content_type.model_class()
    label = model._meta.label_lower if model else ""
    said = flow.label_of(entry.verb) if (flow := flows.get(label)) else None
    return said or VERBS.get(entry.verb, entry.verb)


def verbs() -> list[tuple[str, str]]:
    """Every verb there is, with its label, for a filter."""
    known = dict(VERBS)
    for flow in flows:
        known |= {step.name: step.label for step in flow.transitions}
    return sorted(known.items(), key=lambda pair: pair[1])


def subject_words(entry: Entry) -> str:
    """The sort of record and its name; one that is gone keeps its number."""
    model: Any = entry.content_type.model_class()
    sort = model._meta.verbose_name if model else entry.content_type.model
    subject: models.Model | None = entry.subject
    return f"{sort}：{subject}" if subject else f"{sort} #{entry.object_id}（已删除）"
