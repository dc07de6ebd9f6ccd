"""Who may see and change a registration: the organiser, the unit's leader, the person."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach, is_person
from gonghui.core.activities.rules import UPCOMING
from gonghui.kit.rules import nobody, state_in

REGISTRATION_RULES = {
    "view": in_reach("activities.write", field="activity__org")
    | is_person("activity__organiser")
    | in_reach("activities.check", field="org")
    | is_person("person")
    | is_person("signed_by"),
    "withdraw": in_reach("activities.write", field="activity__org")
    | is_person("activity__organiser")
    | in_reach("activities.check", field="org")
    | is_person("person")
    | is_person("signed_by"),
    "admit": in_reach("activities.write", field="activity__org") | is_person("activity__organiser"),
    "edit": nobody,
    "place": in_reach("activities.write", field="activity__org"),
}

_holds = in_reach("activities.write", field="activity__org") | is_person("activity__organiser")
_leads = in_reach("activities.check", field="org") | is_person("leader")
# A unit's leader forms its team while there is time for it; others' teams they do not see.
DELEGATION_RULES = {
    "view": _holds | _leads,
    "edit": (_holds | _leads) & state_in(*UPCOMING, field="activity__state"),
    "place": _holds | _leads,
}
