"""Which union a body belongs to: memberships are held there and handed over between two."""

from __future__ import annotations

from gonghui.core.orgs.models import UNIT, UPPER, Org


def union_of(org: Org) -> Org:
    """The union of a branch, a team or a committee; a union's own is itself."""
    unions = Org.objects.filter(path__in=org.ancestor_paths(), kind__in=UPPER | UNIT)
    return unions.order_by("-path").first() or org


def share_a_union(one: Org, other: Org) -> bool:
    return union_of(one).pk == union_of(other).pk
