"""What is asked about bodies and people: branches of the tree, and what a change would touch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Grant
from gonghui.core.orgs.expressions import called_on
from gonghui.core.orgs.models import BODIES, UNIT, Kind, Org, OrgRecord, OrgVersion, subtree
from gonghui.core.people.models import LedgerEntry, Membership, Person, Post
from gonghui.core.screens.doors import seen_by

from .models import Closing

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


def kinds_below(org: Org) -> list[tuple[str, str, int]]:
    """How many bodies of each kind stand in the subtree: the kind, its name, and the number."""
    inside = Org.objects.below(org).exclude(pk=org.pk).filter(until=None).order_by()
    rows = inside.values("kind").annotate(number=Count("pk")).order_by("-number")
    return [(row["kind"], Kind(row["kind"]).label, row["number"]) for row in rows]


def posts_held(day: date) -> models.QuerySet[Post]:
    return Post.objects.held(day).select_related("person", "org")


def grants_from(day: date) -> models.QuerySet[Grant]:
    """Grants that are held on a day or begin later."""
    return Grant.objects.filter(Q(until=None) | Q(until__gt=day))


def bodies_of(org: Org, day: date) -> list[Org]:
    """A union's committees, groups and associations, each with ``seats``: the posts held in it."""
    rows = org.children.filter(kind__in=BODIES, until=None).order_by("kind", "pk")
    held = models.Prefetch("posts", queryset=posts_held(day).order_by("pk"), to_attr="seats")
    return list(rows.prefetch_related(held))


def people_in_reach(actor: Actor) -> models.QuerySet[Person]:
    """The people an officer may give a post to: those they may see."""
    people = Person.objects.active().filter(actor.reach("people.view"))
    return people.select_related("org")


def moved_away(body: Org, day: date) -> set[int]:
    """People who sit in a body and belong no more to the union it stands in (R-457)."""
    home = body.parent.path if body.parent else body.path
    seated = Post.objects.held(day).filter(org=body, until=None).order_by()
    there = seated.filter(subtree(home, field="person__org"), person__left_on=None)
    return set(seated.exclude(pk__in=there.values("pk")).values_list("person", flat=True))


@dataclass(frozen=True)
class Touched:
    """What a change of the tree reaches, for the person who is about to make it."""

    orgs: int
    people: int
    posts: int
    grants: int
    records: tuple[tuple[type[OrgRecord], int], ...]
    led: tuple[str, ...] = ()  # bodies led a second time from within
    standings: Mapping[str, int] = field(default_factory=dict)  # where it decides what follows
    whole: bool = False  # all that stands below goes along


def touched_by_move(org: Org, day: date, by: Actor) -> Touched:
    """Everything in the subtree goes along and stays as it is."""
    found = _touched(subtree(org.path, field="org"), Org.objects.below(org), day, by)
    return replace(found, whole=True)


def touched_by_merge(org: Org, day: date, by: Actor) -> Touched:
    """What stands directly at the body: it changes hands or ends."""
    direct = Org.objects.filter(Q(pk=org.pk) | Q(parent=org))
    return _touched(Q(org=org), direct, day, by)


def bodies_within(union: Org) -> models.QuerySet[Org]:
    """All that stands below a union."""
    return Org.objects.below(union).filter(until=None).exclude(pk=union.pk)


def touched_by_close(org: Org, day: date, by: Actor) -> Touched:
    """A grassroots union ends with what it has within, its people by how they stand (ORG-03)."""
    if org.kind not in UNIT:
        return touched_by_merge(org, day, by)
    held = Membership.objects.current().filter(subtree(org.path, field="org")).order_by()
    standings = dict(held.values_list("standing").annotate(number=Count("pk")))
    return replace(touched_by_move(org, day, by), standings=standings)


def reopened_posts(closing: Closing) -> models.QuerySet[Post]:
    """The posts a closing ended; one that was given anew elsewhere since stays ended."""
    again = Post.objects.filter(person=OuterRef("person"), org=OuterRef("org"), until=None)
    rows = Post.objects.filter(pk__in=closing.ended["posts"], until__gte=closing.day)
    return rows.exclude(Exists(again.filter(title=OuterRef("title"))))


def returned_bodies(closing: Closing) -> models.QuerySet[Org]:
    """The bodies a merger handed over that still stand where it put them."""
    handed_over = Org.objects.filter(pk__in=closing.ended.get("children", []), until=None)
    return handed_over.filter(parent=closing.org.merged_into_id)


def touched_by_reopen(org: Org, day: date, by: Actor) -> Touched:
    """What comes back when the closing or the merger of a body is taken back."""
    closing = Closing.objects.select_related("org").get(org=org, taken_back_on=None)
    entries = LedgerEntry.objects.filter(source=closing.source).order_by()
    return Touched(
        orgs=len(closing.ended["bodies"]) - 1 + returned_bodies(closing).count(),
        people=entries.values("person").distinct().count(),
        posts=reopened_posts(closing).count(),
        grants=len(closing.ended["grants"]),
        records=(),
    )


def touched_by_rename(org: Org, day: date, by: Actor) -> Touched:
    """Nothing changes hands; the records that name the body are counted all the same."""
    return touched_by_merge(org, day, by)


def touched_by_split(
    org: Org, day: date, by: Actor, *, children: Iterable[int] = (), people: Iterable[int] = ()
) -> Touched:
    """The chosen bodies with all below them, and the chosen people."""
    gone = list(Org.objects.filter(parent=org, pk__in=list(children)))
    inside = Q(pk__in=[])
    for one in gone:
        inside |= subtree(one.path)
    bodies = Org.objects.filter(inside)
    found = _touched(Q(org__in=bodies.order_by().values("pk")), bodies, day, by)
    chosen = Person.objects.active().filter(org=org, pk__in=list(people)).count()
    # The new body stands above them: nothing of the count is the body itself.
    return replace(found, people=found.people + chosen, orgs=found.orgs + 1 if gone else 0)


def _touched(condition: Q, bodies: models.QuerySet[Org], day: date, by: Actor) -> Touched:
    """``bodies`` are the body itself and those that go with it."""
    led = Org.objects.filter(until=None, second_parent__in=bodies.order_by().values("pk"))
    return Touched(
        orgs=max(0, bodies.filter(until=None).count() - 1),
        people=Person.objects.active().filter(condition).count(),
        posts=Post.objects.held(day).filter(condition).count(),
        grants=grants_from(day).filter(condition).count(),
        records=_records(condition, by),
        led=tuple(str(one) for one in led.order_by("path")[:MOST_CHILDREN]),
    )


def _records(condition: Q, by: Actor) -> tuple[tuple[type[OrgRecord], int], ...]:
    """How many records of each sort; every app's, found by what they have in common.

    As many as the actor's lists would show: that there is one may be what they must not know.
    """
    sorts: dict[type[OrgRecord], int] = {}
    for relation in Org._meta.related_objects:
        model = relation.related_model
        # A sort that names two bodies is related twice, and counted by its own body once.
        if isinstance(model, type) and issubclass(model, OrgRecord) and model not in sorts:
            rows = model._base_manager.filter(condition)
            sorts[model] = seen_by(by, rows).count()
    return tuple((model, number) for model, number in sorts.items() if number)


def versions_of(org: Org) -> models.QuerySet[OrgVersion]:
    """What a body was called and where it stood, newest first."""
    rows = OrgVersion.objects.filter(org=org).select_related("parent", "second_parent")
    return rows.order_by(models.F("since").desc(nulls_last=True), "-pk")


def with_above(rows: models.QuerySet[OrgVersion], day: date) -> models.QuerySet[OrgVersion]:
    """With ``above`` and ``second_above``: what the two bodies above were called on a day."""
    second = called_on(day, "second_parent")
    return rows.annotate(above=called_on(day, "parent"), second_above=second)


def today_of(version: OrgVersion) -> str:
    """What became of a body since; nothing where it is still called the same."""
    if version.org.until:
        return "已撤销或并入"
    return "" if version.org.name == version.name else f"现称{version.org}"
