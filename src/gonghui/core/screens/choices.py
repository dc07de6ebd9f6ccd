"""What forms of several apps offer: bodies in reach, and the names by which one is found."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import STEP, UNIT, Org
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


def offer_people(
    form: Any, name: str, actor: Actor, capability: str, *, of_union: bool = False
) -> None:
    """Let the form find those the actor looks after, and whoever stands there already.

    ``of_union`` adds everybody of the same grassroots union, for what they have to agree to.
    """
    wanted = actor.reach(capability)
    if of_union:
        wanted |= Q(org__within=_unions_around(actor, capability))
    rows = Person.objects.active().filter(wanted)
    held = getattr(form.instance, f"{name}_id", None)
    if held:
        rows |= Person.objects.filter(pk=held)
        form.initial[name] = getattr(form.instance, name)
    form.fields[name].offer(rows.select_related("org"))


def _unions_around(actor: Actor, capability: str) -> tuple[str, ...]:
    """The paths of the nearest grassroots unions the actor's bodies belong to."""
    lines = [
        [path[:end] for end in range(len(path), 0, -STEP)]
        for path in actor.spans.get(capability, [])
    ]
    above = {path for line in lines for path in line}
    unions = Org.objects.filter(path__in=above, kind__in=UNIT).order_by()
    known = set(unions.values_list("path", flat=True))
    nearest = (next((path for path in line if path in known), None) for line in lines)
    return tuple(sorted({path for path in nearest if path}))


class OfPersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """A record about a person: a new one chooses whose it is, an old one stays whose it was.

    ``capability`` says of whom the actor may choose. Constraints that speak of the person, or of
    the columns ``beside``, are checked even where the form does not ask for them.
    """

    capability: ClassVar[str]
    beside: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["person"]
        else:
            offer_people(self, "person", actor, self.capability)

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own
        return excluded - ({"person", *self.beside} - set(self.errors))


def for_body(screens: Any, obj: Any) -> dict[str, Any]:
    """What a form is made with; a new record is begun at the chosen place."""
    home = getattr(screens.place.org, "pk", None)
    given: dict[str, Any] = {"actor": screens.actor}
    return given if obj.pk else given | {"initial": {"org": home}}
