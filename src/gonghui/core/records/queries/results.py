"""How people did in the items of an activity: who entered them, and what came of it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet

from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity
from gonghui.core.signing.models import Quota, Registration
from gonghui.core.signing.queries.roll import seated

from ..models import Contribution


def items_of(activity: Activity) -> QuerySet[Quota]:
    """The items people compete in; shifts and groups of other gatherings have no results."""
    rows = activity.quotas.exclude(name="")
    return rows if kinds[activity.kind].has_results else rows.none()


def entrants_of(quota: Quota) -> QuerySet[Registration]:
    """Who has a place in an item, and who did something in it all the same, as a reserve."""
    entered = Q(chosen__quota=quota, chosen__line=None)
    did = Q(contributions__quota=quota)
    rows = seated(quota.activity).filter(entered | did)
    return rows.distinct()


def placed_in(activity: Activity) -> list[tuple[str, list[Contribution]]]:
    """Results, item by item in the organiser's order, the first first; of no item under no name."""
    rows: Any = activity.contributions.filter(kind=Contribution.Kind.PLACED)  # type: ignore[attr-defined]  # our own table's other end
    found = rows.select_related("registration__person", "registration__org", "quota").order_by(
        F("quota").asc(nulls_last=True), F("rank").asc(nulls_last=True), "pk"
    )
    by_item = groupby(found, key=lambda one: str(one.quota or ""))
    return [(item, list(of_it)) for item, of_it in by_item]
