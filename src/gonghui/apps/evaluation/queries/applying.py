"""Evaluations open to a person or a body, the sheets they have in them, what stands in public."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gonghui.core.orgs.models import SMALL, UNIT, UPPER, WITHIN, Org
from gonghui.core.people.models import Person
from gonghui.kit.prepared import prepared

from ..models import RUNNING, Contender, ContenderState, Rater, Round, RoundState, Target

# Which kinds of body a scheme may judge; of people it is their union that puts them forward.
JUDGED = {Target.UNIT: UPPER | UNIT | WITHIN, Target.TEAM: SMALL}


def open_to(person: Person, day: date) -> QuerySet[Round]:
    """Rounds of unions above in which a person may put themselves forward on a day."""
    if not Person.objects.active().filter(pk=person.pk).exists():
        return Round.objects.none()
    rows = Round.objects.filter(
        state=RoundState.APPLYING,
        apply_from__lte=day,
        apply_until__gte=day,
        scheme__target=Target.PERSON,
        org__path__in=person.org.ancestor_paths(),
    )
    there = Contender.objects.filter(person=person).values("round")
    return rows.exclude(org=person.org_id).exclude(pk__in=there).order_by("apply_until", "pk")


def own_sheet(person: Person, round_: int) -> Contender | None:
    """The person's own sheet in a round, whoever put them forward."""
    return Contender.objects.filter(round=round_, person=person).first()


def unfinished_of(person: Person) -> QuerySet[Contender]:
    """The person's own sheets that still have to be handed in."""
    rows = Contender.objects.filter(
        person=person, state=ContenderState.FILLING, round__state=RoundState.APPLYING
    )
    return rows.select_related("round").order_by("round__apply_until", "pk")


def states_around(person: Person | None, org: Org) -> set[str]:
    """How far the rounds are that a body holds or stands below, or that a person rates in."""

    def asked() -> QuerySet[Any, Any]:
        near = Q(org__path__in=org.ancestor_paths())
        if person is not None:
            near |= Q(Exists(Rater.objects.filter(round=OuterRef("pk"), person=person)))
        rows = Round.objects.filter(near, state__in=RUNNING).order_by()
        return rows.values_list("state", flat=True).distinct()

    rows: Any = prepared(("states around", person.pk if person else 0, org.path), asked)
    return set(rows)


def open_for(org: Org, day: date) -> QuerySet[Round]:
    """Rounds of unions above in which a body itself may still be put forward on a day."""

    def asked() -> QuerySet[Round]:
        rows = Round.objects.filter(
            state=RoundState.APPLYING,
            apply_from__lte=day,
            apply_until__gte=day,
            scheme__target__in=[target for target, kinds in JUDGED.items() if org.kind in kinds],
            org__path__in=org.ancestor_paths(),
        )
        there = Contender.objects.filter(org=org, person=None).values("round")
        return rows.exclude(org=org).exclude(pk__in=there).order_by("apply_until", "pk")

    return prepared(("open for", org.pk, org.path, org.kind, day), asked)


def unfinished_at(org: Org) -> QuerySet[Contender]:
    """A body's own sheets that still have to be handed in."""

    def asked() -> QuerySet[Contender]:
        rows = Contender.objects.filter(
            org=org, person=None, state=ContenderState.FILLING, round__state=RoundState.APPLYING
        )
        return rows.select_related("round").order_by("round__apply_until", "pk")

    return prepared(("unfinished at", org.pk), asked)


def in_public(person: Person, day: date) -> QuerySet[Round]:
    """Results of a person's unions that stand in public, to which they may still object."""
    rows = Round.objects.filter(
        state=RoundState.NOTICE, notice_until__gte=day, org__path__in=person.org.ancestor_paths()
    )
    return rows.order_by("notice_until", "pk")
