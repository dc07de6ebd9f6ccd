"""Who may see and keep study rules, what excuses, terms and slogans."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import at_home, in_reach, is_person
from gonghui.kit.rules import NOBODY, Rule

keeps = in_reach("learning.write")
# A rule binds the people below it: they may read it.
sees = in_reach("learning.view") | at_home()

latest = Rule(lambda actor: Q(is_replaced=False), "the latest version")
STUDYRULE_RULES = {"view": sees, "edit": keeps & latest, "place": keeps}
seen_item = in_reach("learning.view", field="rule__org") | at_home(field="rule__org")
SEASON_RULES = {"view": sees, "edit": keeps, "place": keeps}

# Why somebody is away is between them and who keeps the list: it goes where the person goes.
keeps_of_person = in_reach("learning.write", field="person__org")
LEAVE_RULES = {
    "view": is_person("person") | keeps_of_person,
    "edit": keeps_of_person,
    "place": keeps_of_person,
}
PARTTIME_RULES = HIRE_RULES = LEAVE_RULES

shipped = Rule(lambda actor: Q(org=None) if actor.person else NOBODY, "shipped")
own = Rule(lambda actor: Q(org__isnull=False), "of a body")
SLOGAN_RULES = {"view": sees | shipped, "edit": keeps & own, "place": keeps & own}

# How a person stands with the rules: they themselves, and who looks after their learning.
sees_person = is_person("pk") | in_reach("learning.view")
