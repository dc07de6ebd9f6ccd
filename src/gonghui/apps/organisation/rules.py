"""Who may see and change bodies, people, posts."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import in_reach, is_person
from gonghui.kit.rules import Rule

still_stands = Rule(lambda actor: Q(until=None), "not closed")
has_parent = Rule(lambda actor: Q(parent__isnull=False), "has a parent")

see = in_reach("organisation.view", field="")
shape = in_reach("organisation.write", field="")

# Nobody moves, merges or closes the body they stand at: that is for who leads the one above it.
above = in_reach("organisation.write", field="parent") & has_parent & still_stands

ORG_RULES = {
    "view": see,
    "edit": shape & still_stands,
    "place": shape,
    "grow": shape & still_stands,
    "restructure": above,
}

keep = in_reach("people.write")

PERSON_RULES = {
    "view": in_reach("people.view") | is_person("pk"),
    "edit": keep,
    "place": keep,
}

POST_RULES = {
    "view": in_reach("people.view") | is_person("person"),
    "edit": in_reach("organisation.write"),
    "place": in_reach("organisation.write"),
}
