"""Who may see, prepare and approve elections, terms, departures and a new chair's duties."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import at_home, in_reach, is_person
from gonghui.kit.rules import Rule, state_in

from .models.election import NOMINATING

# A union that is no more elects nobody: what was under way there can only be ended.
stands = Rule(lambda actor: Q(org__until=None), "the union stands")

writes = in_reach("elections.write")
prepares = writes & stands
sees = in_reach("elections.view")
is_top = Rule(lambda actor: Q(org__parent__isnull=True), "has no upper union here")

# The union above approves; what stands above the top of the tree is not on this platform, so
# there the approval that came on paper is entered by the top's own officers.
approves = in_reach("elections.approve", field="org__parent") | (
    in_reach("elections.approve") & is_top
)
upper = approves & stands
# Who dissolves a union ends with it what it had begun; so may whoever elects or approves there.
buries = (writes | approves | in_reach("organisation.write")) & ~stands

ELECTION_RULES = {
    "view": sees | approves,
    "edit": prepares & state_in("draft"),
    "place": prepares,
    "nominate": prepares & state_in(*NOMINATING),
    "count": prepares & state_in("convened"),
}

still_runs = Rule(lambda actor: Q(ended_on=None), "still runs")

TERM_RULES = {
    "view": sees | at_home(),
    "edit": writes & still_runs,
    "place": writes,
    "extend": upper & still_runs,
}

is_open = Rule(lambda actor: Q(done_on=None), "not done")

CHAIRDUTY_RULES = {
    "view": sees | approves | is_person("person"),
    "edit": (writes | approves) & is_open,
    "place": writes | approves,
}

# Whose post a new chair's duties may be written down for: one's own, or of a union one leads.
welcomes = writes | in_reach("elections.approve", field="org__parent")

DEPARTURE_RULES = {
    "view": sees | approves,
    "edit": prepares & state_in("proposed"),
    "place": prepares,
}
