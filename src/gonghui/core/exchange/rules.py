"""Who may hand in a list and see what came of it: whoever may write its records there."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.kit.rules import NOBODY, Rule, nobody

from .kinds import kinds


def _of_kinds(actor: Actor) -> Q:
    whole = NOBODY
    for kind in kinds:
        reach = actor.reach(kind.capability)
        if reach != NOBODY:
            one = Q(kind=kind.code) & reach
            whole = one if whole == NOBODY else whole | one
    return whole


handed_in = Rule(_of_kinds, "may write what the list holds")
BATCH_RULES = {"view": handed_in, "edit": nobody, "place": handed_in}
