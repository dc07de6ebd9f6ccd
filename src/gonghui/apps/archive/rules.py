"""Who sees what of an archive: its person, those they show it to, and the union that confirms."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import Actor, at_home, in_reach, is_person
from gonghui.kit.rules import NOBODY, Rule, nobody, state_in

from .engine.sorts import AT_ONCE, CONFIRMED
from .models import CHANGING, COUNTING, Shown
from .models.piece import CHECKED

own = is_person("person")
keeper = in_reach("learning.write", field="person__org")
reader = in_reach("learning.view", field="person__org")


def _shown(*to: Shown) -> Rule:
    return Rule(lambda actor: Q(shown_to__in=to), f"shown to {', '.join(to)}")


def _of_kind(name: str, kinds: tuple[str, ...]) -> Rule:
    return Rule(lambda actor: Q(kind__in=kinds), name)


def _team(actor: Actor) -> Q:
    """Who stands in the same body today."""
    return Q(person__org=actor.person.org_id) if actor.person else NOBODY


counts = state_in(*COUNTING)
at_once = _of_kind("counts when written", AT_ONCE)
confirmed = _of_kind("counts when confirmed", CONFIRMED)
of_team = Rule(_team, "of the same body")

# Whoever confirms sees what is handed in to be confirmed, and may see later what they confirmed.
_judged = keeper & confirmed & state_in(*CHECKED)
_for_officers = reader & counts & _shown(Shown.OFFICERS, Shown.TEAM, Shown.UNION)
_for_team = of_team & counts & _shown(Shown.TEAM, Shown.UNION)
_for_all = at_home() & counts & _shown(Shown.UNION)

PIECE_RULES = {
    "view": own | _judged | _for_officers | _for_team | _for_all,
    "edit": own & state_in(*CHANGING),
    "show": own & counts,
    "share": (own | _for_team | _for_all | _for_officers)
    & counts
    & _shown(Shown.TEAM, Shown.UNION),
    "moderate": keeper & counts & _shown(Shown.TEAM, Shown.UNION),
    "judge": keeper & ~own,
    "place": own,
}

_holder = in_reach("learning.write")
_viewer = in_reach("learning.view")

RECOMMENDATION_RULES = {
    "view": _holder | _viewer | at_home(),
    "edit": _holder,
    "place": _holder,
}
MATERIAL_RULES = {"view": _holder | _viewer | at_home(), "edit": _holder, "place": _holder}

# What a person froze for themselves may tell what they show to nobody.
_without_secrets = Rule(lambda actor: Q(is_whole=False), "without what is shown to nobody")
VOLUME_RULES = {
    "view": own | (reader & _without_secrets),
    "edit": nobody,  # frozen
    "place": nobody,
}
