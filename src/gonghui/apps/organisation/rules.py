"""Who may see and change bodies and posts."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import Actor, in_reach, is_person
from gonghui.kit.rules import Rule, nobody, state_in

from .models import Closing

still_stands = Rule(lambda actor: Q(until=None), "not closed")
has_parent = Rule(lambda actor: Q(parent__isnull=False), "has a parent")

see = in_reach("organisation.view", field="")
shape = in_reach("organisation.write", field="")

# Nobody moves, merges or closes the body they stand at: that is for who leads the one above it.
leads = in_reach("organisation.write", field="parent") & has_parent
above = leads & still_stands


def _closed(actor: object) -> Q:
    kept = Closing.objects.filter(taken_back_on=None, stood_below=None)
    return Q(until__isnull=False, pk__in=kept.values("org"))


def _merged(actor: Actor) -> Q:
    """Who takes a merger back leads where the body stood, and where its successor stands."""
    reach = actor.reach("organisation.write", field="stood_below")
    kept = Closing.objects.filter(reach, taken_back_on=None, stood_below__isnull=False)
    takers = actor.reach("organisation.write", field="merged_into__parent")
    return takers & Q(until__isnull=False, pk__in=kept.values("org"))


closed_here = Rule(_closed, "closed, with what ended by it on record")
merged_from_here = Rule(_merged, "merged from and into what the actor leads, on record")

ORG_RULES = {
    "view": see,
    "edit": shape & still_stands,
    "place": shape,
    "grow": shape & still_stands,
    "restructure": above,
    "reopen": leads & closed_here,
    "unmerge": leads & merged_from_here,
}

keeps = in_reach("organisation.write")
reads = in_reach("organisation.view")

# What a body was lies with the body as it is: nobody writes it by hand.
ORGVERSION_RULES = {"view": reads, "edit": nobody, "place": nobody}

PROSPECT_RULES = {
    "view": reads,
    "edit": keeps & state_in("waiting", "preparing", "submitted", "paused"),
    "place": keeps,
}

# An association is a body: what is written of it lies in the reach of who keeps bodies there.
ASSOCIATIONREVIEW_RULES = {"view": reads, "edit": keeps, "place": keeps}

CONTACT_RULES = {"view": reads, "edit": keeps, "place": keeps}

POST_RULES = {
    "view": in_reach("people.view") | is_person("person"),
    "edit": in_reach("organisation.write"),
    "place": in_reach("organisation.write"),
}
