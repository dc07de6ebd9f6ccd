"""A study rule is laid down or changed with all its items at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..models import StudyItem, StudyRule

WORDS |= {"items": "要求"}
VERBS |= {"replace": "改版"}


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


@transaction.atomic
def renew_rule(rule: StudyRule, items: Sequence[StudyItem], *, since: date, by: Actor) -> StudyRule:
    """The changed rule becomes a new version from a day on; the old one keeps what it said.

    ``rule`` is the one in force with its changes, not saved; until the day before, its days are
    judged by what is in the table now.
    """
    old = StudyRule.objects.select_for_update().get(pk=rule.pk)
    if old.is_replaced:
        raise DomainError("这一版已经有后一版，请改最新的一版。")
    if since <= old.since or (old.until is not None and since > old.until):
        raise DomainError("新版本的施行日期要在原来的施行期内，并且晚于原来的施行日期。")
    before = snapshot(old)
    old.until, old.is_replaced = since - timedelta(days=1), True
    old.save(update_fields=["until", "is_replaced"])
    record(old, "replace", by=by, changes=changes_of(before, snapshot(old)))
    for row in (rule, *items):
        row.pk = None
        row._state.adding = True
    rule.replaces, rule.begun_on, rule.since = old, old.begun_on or old.since, since
    return keep_rule(rule, items, by=by)


def _said(rule: StudyRule) -> dict[str, Any]:
    labels = "、".join(rule.items.values_list("label", flat=True))  # type: ignore[attr-defined]  # the reverse name
    return snapshot(rule) | {"items": labels}
