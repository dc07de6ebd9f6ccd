"""What forms of several apps offer: bodies in reach, and the names by which one is found."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person

ORG_NAMES = ("name", "short_name", "pinyin", "initials")
PERSON_NAMES = ("name", "pinyin", "initials")


def reachable(actor: Actor, capability: str) -> QuerySet[Org]:
    """The bodies that still stand where the actor holds a capability."""
    return Org.objects.filter(actor.reach(capability, field=""), until=None)


def offer_body(form: Any, actor: Actor, org: Org | None, capability: str) -> None:
    """Let the form choose the body of a new record; an old one stays where it was made."""
    if form.instance.pk:
        del form.fields["org"]
        return
    may_hold = reachable(actor, capability)
    form.fields["org"].offer(may_hold)
    if org is not None and may_hold.filter(pk=org.pk).exists():
        form.initial["org"] = org


def offer_people(form: Any, name: str, actor: Actor, capability: str) -> None:
    """Let the form find those the actor looks after, and whoever stands there already."""
    rows = Person.objects.active().filter(actor.reach(capability))
    held = getattr(form.instance, f"{name}_id", None)
    if held:
        rows |= Person.objects.filter(pk=held)
        form.initial[name] = getattr(form.instance, name)
    form.fields[name].offer(rows.select_related("org"))
