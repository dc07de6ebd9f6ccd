"""Who may see and hand out roles, and who may read the history."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import Actor, in_reach, is_person
from gonghui.core.history.guarding import unguarded
from gonghui.kit.rules import EVERYBODY, NOBODY, Rule, nobody, state_in


def _over_all(capability: str) -> Rule:
    """A role works wherever it is granted, so shaping one asks for the whole tree."""

    def condition(actor: Actor) -> Q:
        return EVERYBODY if actor.reach(capability) == EVERYBODY else NOBODY

    return Rule(condition, f"{capability} everywhere")


def _anywhere(*capabilities: str) -> Rule:
    def condition(actor: Actor) -> Q:
        return EVERYBODY if any(actor.can(name) for name in capabilities) else NOBODY

    return Rule(condition, f"{' or '.join(capabilities)} anywhere")


ROLE_RULES = {
    "view": _anywhere("access.grant", "access.shape"),
    "edit": _over_all("access.shape"),
    "place": _over_all("access.shape"),
}

grant = in_reach("access.grant")
GRANT_RULES = {"view": grant, "edit": grant, "place": grant}

# An entry knows its subject by a generic key only, so reach goes by who did it; what nobody did
# (the system) is for who reads the history of the whole tree.
ENTRY_RULES = {
    "view": in_reach("history.view", field="by__org") & unguarded,
    "edit": nobody,
    "place": nobody,
}

# A job is its owner's business; who leads the body may see and stop it, but not fetch what it made.
own_job = is_person("by")
JOB_RULES = {
    "view": own_job | in_reach("access.grant"),
    "stop": (own_job | in_reach("access.grant")) & state_in("queued", "running", field="stage"),
    "fetch": own_job,
    "edit": nobody,
    "place": nobody,
}
