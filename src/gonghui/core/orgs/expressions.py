"""Questions about the whole tree that ride along with another query."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, F, Func, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from .models import Org, OrgVersion


class _OfTheTree(Func):
    """An expression whose template may name the table of bodies."""

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        bodies = connection.ops.quote_name(Org._meta.db_table)
        return super().as_sql(compiler, connection, *args, bodies=bodies, **extra)


class LeadsBeyond(_OfTheTree):
    """Whether a body below this path leads one that lies elsewhere a second time (章程 第十一条).

    The few bodies that are led twice come first: what lies below may be the whole tree.
    """

    output_field = BooleanField()
    template = (
        "EXISTS(SELECT 1 FROM %(bodies)s led CROSS JOIN %(bodies)s above"
        " WHERE led.second_parent_id > 0 AND above.id = led.second_parent_id"
        " AND above.path >= %(expressions)s AND above.path < %(expressions)s || '~'"
        " AND NOT (led.path >= %(expressions)s AND led.path < %(expressions)s || '~'))"
    )


class Roots(_OfTheTree):
    """How many trees there are."""

    output_field = IntegerField()
    template = "(SELECT COUNT(*) FROM %(bodies)s root WHERE root.parent_id IS NULL)"


def called_on(day: date, org: str, *, fully: bool = False) -> Subquery:
    """What the body in the column ``org`` was called on a day: in short, or ``fully``."""
    versions = OrgVersion.objects.on(day).filter(org=OuterRef(org)).order_by("-pk")
    said = F("name") if fully else Coalesce(NullIf("short_name", Value("")), "name")
    return Subquery(versions.values(said=said)[:1])
