"""The occasions of a series, as whoever looks may see them."""

from __future__ import annotations

from django.utils import timezone

from gonghui.core.access.actor import Actor

from ..models import Activity, Series, State
from ..rules import ACTIVITY_RULES

SHOWN = 60


def occasions_of(series: Series, actor: Actor) -> tuple[list[Activity], list[Activity]]:
    """Those ahead, the next first, and those past, the latest first."""
    rows = ACTIVITY_RULES["view"].narrow(Activity.objects.filter(series=series), actor)
    now = timezone.now()
    ahead = rows.filter(ends_at__gte=now).order_by("starts_at")[:SHOWN]
    past = rows.filter(ends_at__lt=now).order_by("-starts_at")[:SHOWN]
    return list(ahead), list(past)


def drafted(series: Series) -> int:
    """How many wait to be announced."""
    rows = series.occasions.filter(state=State.DRAFT, starts_at__gt=timezone.now())
    return rows.count()
