"""Keeps the kept figures fresh: what the history says has changed, and everything once a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from gonghui.core.history.models import Entry
from gonghui.core.notices.ticking import every_tick
from gonghui.core.orgs.models import Org

from .counting import model_of
from .families import Plan, plans
from .models import Family
from .reading import is_large
from .registry import Source
from .rolling import ancestors, make, make_all, make_first

LATE = timedelta(minutes=15)  # an entry may be seen so long after the moment it bears
MANY = 3000  # bodies; beyond that making everything anew is quicker


@every_tick("indicators")
def refresh(now: datetime) -> str:
    """Follow what changed; small installations count their records and keep nothing."""
    if not is_large(Org.objects.all()):
        return "small"
    today, wanted = timezone.localdate(now), plans()
    known = {family.key: family for family in Family.objects.all()}
    behind = [p for p in wanted if p.key not in known or known[p.key].made_on != today]
    if behind or _tree_moved(min(f.fresh_at for f in known.values() if f.fresh_at)):
        return f"all in {make_all():.1f} s"
    touched: dict[Source, set[int] | None] = {}
    with ancestors():
        for plan in wanted:
            if plan.source not in touched:
                touched[plan.source] = bodies_touched(plan, known[plan.key].fresh_at)
                if touched[plan.source] != set():
                    make_first(plan.source)
            if touched[plan.source] != set():
                make(plan, touched[plan.source])
            else:
                Family.objects.filter(key=plan.key).update(fresh_at=timezone.now())
    return f"{sum(1 for bodies in touched.values() if bodies != set())} sources"


def bodies_touched(plan: Plan, since: datetime | None) -> set[int] | None:
    """Whose records have changed since, by the history; None where they are very many."""
    source = plan.source
    follows = {source.model._meta.label_lower: source.org or "pk", **source.follows}
    found: set[int] = set()
    for label, way in follows.items():
        model = model_of(label)
        kind = ContentType.objects.get_for_model(model)
        said = Entry.objects.filter(content_type=kind, at__gte=(since or timezone.now()) - LATE)
        rows = model._base_manager.filter(pk__in=said.order_by().values("object_id"))
        found |= set(rows.order_by().values_list(way, flat=True).distinct())
    found.discard(None)  # type: ignore[arg-type]  # a way may end at nothing
    return found if len(found) <= MANY else None


def _tree_moved(since: datetime) -> bool:
    kind = ContentType.objects.get_for_model(Org)
    return Entry.objects.filter(content_type=kind, verb="move", at__gte=since - LATE).exists()
