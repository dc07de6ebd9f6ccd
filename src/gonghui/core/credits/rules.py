"""Who may see credits: the person, who looks after them, who keeps activities or learning."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach, is_person
from gonghui.kit.rules import nobody

CREDIT_RULES = {
    "view": is_person("person")
    | in_reach("activities.write")
    | in_reach("learning.view", field="person__org")
    | in_reach("people.view", field="person__org"),
    "edit": nobody,  # a credit follows its record, which is what is changed
    "place": nobody,
}
