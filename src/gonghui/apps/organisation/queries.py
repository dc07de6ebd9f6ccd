"""What is asked about bodies and people: branches of the tree, and what a change would touch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Grant
from gonghui.core.orgs.models import BODIES, Org, OrgRecord, subtree
from gonghui.core.people.models import Person, Post

MOST_CHILDREN = 100  # shown at once below one node; the rest on request


def tops(actor: Actor) -> models.QuerySet[Org]:
    """The highest bodies an actor may look into: where their tree begins."""
    return _counted(Org.objects.filter(path__in=actor.spans.get("organisation.view", [])))


def children_of(org: Org) -> models.QuerySet[Org]:
    """The bodies directly below, unions first, then committees, associations and groups."""
    last = models.Case(models.When(kind__in=BODIES, then=1), default=0)
    return _counted(org.children.filter(until=None)).order_by(last, "pinyin", "pk")


def _counted(orgs: models.QuerySet[Org]) -> models.QuerySet[Org]:
    """With ``leads``, whether anything stands below; asked with an index for every row."""
    below = Org.objects.filter(parent=OuterRef("pk"), until=None).order_by()
    return orgs.filter(until=None).annotate(leads=Exists(below))


def ancestors(org: Org) -> list[Org]:
    """The bodies above, from the root down, without the body itself."""
    return list(Org.objects.filter(path__in=org.ancestor_paths()[:-1]).order_by("path"))


def kinds_below(org: Org) -> list[tuple[str, int]]:
    """How many bodies of each kind stand in the subtree, by the kind's name."""
    inside = Org.objects.below(org).exclude(pk=org.pk).filter(until=None).order_by()
    rows = inside.values("kind").annotate(number=Count("pk")).order_by("-number")
    return [(Org(kind=row["kind"]).get_kind_display(), row["number"]) for row in rows]


def posts_held(day: date) -> models.QuerySet[Post]:
    return Post.objects.held(day).select_related("person", "org")


def grants_from(day: date) -> models.QuerySet[Grant]:
    """Grants that are held on a day or begin later."""
    return Grant.objects.filter(Q(until=None) | Q(until__gt=day))


@dataclass(frozen=True)
class Touched:
    """What a change of the tree reaches, for the person who is about to make it."""

    orgs: int
    people: int
    posts: int
    grants: int
    records: tuple[tuple[str, int], ...]


def touched_by_move(org: Org, day: date) -> Touched:
    """Everything in the subtree goes along and stays as it is."""
    inside = subtree(org.path, field="org")
    return Touched(
        orgs=Org.objects.below(org).filter(until=None).exclude(pk=org.pk).count(),
        people=Person.objects.active().filter(inside).count(),
        posts=Post.objects.held(day).filter(inside).count(),
        grants=grants_from(day).filter(inside).count(),
        records=_records(inside),
    )


def touched_by_merge(org: Org, day: date) -> Touched:
    """What stands directly at the body: it changes hands or ends."""
    here = Q(org=org)
    return Touched(
        orgs=org.children.filter(until=None).count(),
        people=Person.objects.active().filter(here).count(),
        posts=Post.objects.held(day).filter(here).count(),
        grants=grants_from(day).filter(here).count(),
        records=_records(here),
    )


def _records(condition: Q) -> tuple[tuple[str, int], ...]:
    """How many records of each sort; every app's, found by what they have in common."""
    found = []
    for relation in Org._meta.related_objects:
        model = relation.related_model
        if isinstance(model, type) and issubclass(model, OrgRecord):
            number = model._base_manager.filter(condition).count()
            if number:
                found.append((str(model._meta.verbose_name), number))
    return tuple(found)


def people_of(org: Org) -> models.QuerySet[Person]:
    """The people who belong to a body now, without those of the bodies below."""
    return Person.objects.active().filter(org=org)
