"""Evaluations of people that are open to a person, and the sheets they have in them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gonghui.core.people.models import Person

from ..models import Contender, ContenderState, Round, RoundState, Target


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
