"""Who may see what activities left: those it is about, and who holds the activities."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import in_reach, is_person
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.kit.rules import Rule, nobody

from .models import Certificate

_holds = in_reach("activities.write", field="activity__org") | is_person("activity__organiser")
_of_a_class = Rule(lambda actor: Q(sort=Certificate.Sort.PASSED), "of a class")

CERTIFICATE_RULES = {
    "view": is_person("registration__person")
    | in_reach("activities.write")
    | is_person("registration__activity__organiser")
    | (in_reach("learning.write") & _of_a_class),
    "edit": nobody,  # it follows its record
    "place": nobody,
}
CONTRIBUTION_RULES = {
    "view": _holds
    | is_person("registration__person")
    | in_reach("activities.view", field="activity__org"),
    "edit": nobody,  # it is written on the page of the record
    "place": nobody,
}
# Minutes, papers and photos are the organiser's to write out, also of what is filed.
KEEPS = ACTIVITY_RULES["place"]
