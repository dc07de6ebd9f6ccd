"""Who may see and do what with plans, tasks and what is passed down."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import Actor, at_home, in_reach, is_person
from gonghui.kit.rules import NOBODY, Rule, nobody, state_in

from .models.plan import EDITABLE_STATES, OPEN_STATES, PUBLISHED_STATES

own = is_person("author")
writer = in_reach("plans.write")
reviewer = in_reach("plans.review")
published = state_in(*PUBLISHED_STATES)
reader = in_reach("plans.view") & (published | state_in("approved"))

PLAN_RULES = {
    # A member reads what the unions they belong to have published.
    "view": writer | reviewer | reader | (at_home() & published),
    "edit": writer & state_in(*EDITABLE_STATES),
    "work": writer & state_in(*OPEN_STATES),
    "place": writer,
}


of_open_plan = state_in(*OPEN_STATES, field="plan__state")
of_published_plan = state_in(*PUBLISHED_STATES, field="plan__state")


def _of_my_bodies(actor: Actor) -> Q:
    """Items owned by a body the actor belongs to or leads."""
    if actor.person is None:
        return NOBODY
    return actor.reach("plans.work", field="owner_org")


owner = is_person("owner")
owner_body = Rule(_of_my_bodies, "owner body")
worker = (writer | owner | owner_body) & of_open_plan

ITEM_RULES = {
    "view": writer
    | reviewer
    | (in_reach("plans.view") & of_published_plan)
    | (at_home() & of_published_plan)
    | owner
    | owner_body,
    "work": worker,
    "edit": writer & of_open_plan,
    "send": in_reach("plans.send"),
    "place": writer,
}

receiver = in_reach("plans.write")
sender = in_reach("plans.send", field="item__org")
DIRECTIVE_RULES = {
    "view": receiver | in_reach("plans.view") | sender,
    "send": sender,
    "receive": receiver,
    "edit": nobody,
    "place": sender,
}
