"""Reads of schemes and tiers: what a body has taken, how many stand on each tier."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from gonghui.core.orgs.models import Org

from ..models import Ladder, Placement, Track


def titles_of(org: Org) -> set[str]:
    """What the body's own schemes are called."""
    return set(Track.objects.filter(org=org).values_list("title", flat=True))


def standing_on(ladder: Ladder, day: date) -> dict[int, int]:
    """Tier → how many stand on it on a day."""
    rows = Placement.objects.on(day).filter(ladder=ladder).order_by().values("tier")
    return {row["tier"]: row["n"] for row in rows.annotate(n=Count("pk"))}
