"""A study rule is laid down or changed with all its items at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..models import StudyItem, StudyRule

WORDS |= {"items": "要求"}


@transaction.atomic
def keep_rule(rule: StudyRule, items: Sequence[StudyItem], *, by: Actor) -> StudyRule:
    """Save a rule and its items; items that are not given go."""
    if not items:
        raise DomainError("请至少写一条要求。")
    verb = "update" if rule.pk else "create"
    before = _said(StudyRule.objects.get(pk=rule.pk)) if rule.pk else {}
    rule.save()
    for position, item in enumerate(items):
        item.rule, item.position = rule, position
        item.save()
    rule.items.exclude(pk__in=[item.pk for item in items]).delete()  # type: ignore[attr-defined]  # the reverse name
    rule = StudyRule.objects.get(pk=rule.pk)
    record(rule, verb, by=by, changes=changes_of(before, _said(rule)))
    return rule


def _said(rule: StudyRule) -> dict[str, Any]:
    labels = "、".join(rule.items.values_list("label", flat=True))  # type: ignore[attr-defined]  # the reverse name
    return snapshot(rule) | {"items": labels}
