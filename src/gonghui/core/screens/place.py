"""Where a person is looking: a body, alone or with all below it; the address always says so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from gonghui.core.access.actor import Actor, covers
from gonghui.core.orgs.models import Org
from gonghui.kit.rules import Rule

MOST_CHOICES = 40


@dataclass
class Place:
    """The chosen body; ``below`` adds its subtree. ``org`` is None only for people of no body."""

    org: Org | None
    below: bool
    actor: Actor

    def narrow(self, rows: models.QuerySet[Any], field: str) -> models.QuerySet[Any]:
        """Keep rows of the place; a body's own committees and teams count as its own."""
        if self.org is None:
            return rows.none()
        if not self.below:
            return rows.filter(**{field: self.org})
        if self.org.parent_id is None:
            return rows
        return rows.filter(**{f"{field}__within": (self.org.path,)})

    def seen(self, rows: models.QuerySet[Any], rule: Rule, field: str) -> models.QuerySet[Any]:
        """Rows of the place that the rule lets the actor see."""
        is_all = self.lies_within(rule(self.actor), field)
        return self.narrow(rows if is_all else rule.narrow(rows, self.actor), field)

    def lies_within(self, seen: Q, field: str) -> bool:
        """Whether what the actor sees holds the whole place for certain: then the place is enough.

        The top with all below it narrows nothing, so it never does.
        """
        if self.org is None or (self.below and self.org.parent_id is None):
            return False
        return covers(seen, self.org.path, field=field)

    @property
    def key(self) -> tuple[Any, ...]:
        """All by which a place narrows rows."""
        org = self.org
        return (org.pk, org.path, org.parent_id, self.below) if org else ()

    @property
    def may_switch(self) -> bool:
        """Whether there may be anywhere else to stand; said without asking the database."""
        held = {grant.org for grant in self.actor.grants}
        led = len(self.actor.by_post)
        return len(held) + led > 1 or any(org.is_union for org in held)

    @property
    def is_narrow(self) -> bool:
        """Whether one sees less than one might: a body alone, where there may be some below."""
        return not self.below and self.may_switch

    @cached_property
    def choices(self) -> list[Org]:
        """Bodies the person may stand in: where they hold a role, one level below, their own."""
        if self.actor.person is None:
            return []
        held = {path for paths in self.actor.spans.values() for path in paths}
        # By numbers: a condition on the parent's path would walk the whole tree.
        led = list(Org.objects.filter(path__in=held).order_by().values_list("pk", flat=True))
        wanted = Q(pk__in=[self.actor.person.org_id, *led]) | Q(parent__in=led)
        unions = Org.objects.unions().filter(wanted, until=None)
        by_post = Q(path__in=[path for path, _ in self.actor.by_post])
        found = unions | Org.objects.filter(by_post, until=None)
        return list(found.order_by("path")[:MOST_CHOICES])


def place_of(request: HttpRequest) -> Place:
    """The place of a request: from the address, else the last one chosen, else the person's own."""
    held: Place | None = getattr(request, "_place", None)
    if held is None:
        held = request._place = _read(request)  # type: ignore[attr-defined]  # kept for this request
    return held


def _read(request: Any) -> Place:
    actor: Actor = request.actor
    said = request.GET.get("org", "")
    pk = int(said) if said.isdigit() else request.session.get("place_org")
    scope = request.GET.get("scope") or request.session.get("place_scope", "own")
    org = _body(actor, pk) if pk else None
    if org is None or org.until or not may_stand(actor, org):
        org = home_of(actor)
    return Place(org, scope == "below", actor)


def _body(actor: Actor, pk: int) -> Org | None:
    """Among those the actor came with, or from the table."""
    known = [grant.org for grant in actor.grants] + ([actor.person.org] if actor.person else [])
    return next((org for org in known if org.pk == pk), None) or Org.objects.filter(pk=pk).first()


def may_stand(actor: Actor, org: Org) -> bool:
    """A person may look from a body they hold any role over, and from their own."""
    if actor.person is None:
        return False
    held = {path for paths in actor.spans.values() for path in paths}
    return actor.person.org_id == org.pk or any(org.path.startswith(path) for path in held)


def home_of(actor: Actor) -> Org | None:
    """Where a person starts: the highest union they hold a role over, else what they lead by a
    post, else their own body.
    """
    if actor.person is None:
        return None
    known = {grant.org.path: grant.org for grant in actor.grants}
    by_post = {path for path, _ in actor.by_post} - set(known)
    spans = {path for paths in actor.spans.values() for path in paths}
    held = sorted(spans, key=lambda path: (path in by_post, len(path), path))
    for path in held:
        org = known.get(path) or Org.objects.filter(path=path).first()
        if org is not None and org.until is None:
            return org
    return actor.person.org
