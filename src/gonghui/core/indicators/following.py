"""Keeps the kept figures fresh: what the history says has changed, and everything once a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from gonghui.core.history.models import Entry
from gonghui.core.notices.ticking import every_tick
from gonghui.core.orgs.models import Org

from .counting import model_of
from .families import plans
from .models import Family
from .reading import is_large
from .registry import Source
from .rolling import follow, make_all, make_first
from .working import ancestors

LATE = timedelta(minutes=15)  # an entry may be seen so long after the moment it bears
MANY = 3000  # bodies; beyond that all are counted, rather than asked for by their numbers


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
    since = min((f.fresh_at for f in known.values() if f.fresh_at), default=now) - LATE
    changed, touched = Changed(since), dict[Source, set[int] | None]()
    with ancestors():
        for plan in wanted:
            if plan.source not in touched:
                touched[plan.source] = changed.bodies(plan.source)
                if touched[plan.source] != set():
                    make_first(plan.source)
            if touched[plan.source] != set():
                follow(plan, touched[plan.source])
            else:
                Family.objects.filter(key=plan.key).update(fresh_at=timezone.now())
    return f"{sum(1 for bodies in touched.values() if bodies != set())} sources"


class Changed:
    """Whose records have changed since a moment, each way found once."""

    def __init__(self, since: datetime) -> None:
        self.since = since
        self._found: dict[tuple[str, str], set[int]] = {}

    def bodies(self, source: Source) -> set[int] | None:
        """The bodies for which rows of a source count or counted; None where they are very many."""
        found: set[int] = set()
        for bodies in self._by_each_way(source):
            found |= bodies
            if len(found) > MANY:
                return None
        found.discard(None)  # type: ignore[arg-type]  # a way may end at nothing
        return found

    def _by_each_way(self, source: Source) -> Iterator[set[int]]:
        if source.added:
            new = source.model._base_manager.filter(**{f"{source.added.at}__gte": self.since})
            for way in source.added.orgs:
                yield set(new.order_by().values_list(way, flat=True).distinct())
            return
        own = {source.model._meta.label_lower: source.org or "pk"}
        for label, ways in (own | dict(source.follows)).items():
            for way in (ways,) if isinstance(ways, str) else ways:
                yield self._told(label, way)

    def _told(self, label: str, way: str) -> set[int]:
        """By the history of a sort of record."""
        if (label, way) not in self._found:
            model = model_of(label)
            kind = ContentType.objects.get_for_model(model)
            said = Entry.objects.filter(content_type=kind, at__gte=self.since)
            rows = model._base_manager.filter(pk__in=said.order_by().values("object_id"))
            self._found[label, way] = set(rows.order_by().values_list(way, flat=True).distinct())
        return self._found[label, way]


def _tree_moved(since: datetime) -> bool:
    kind = ContentType.objects.get_for_model(Org)
    return Entry.objects.filter(content_type=kind, verb="move", at__gte=since - LATE).exists()
