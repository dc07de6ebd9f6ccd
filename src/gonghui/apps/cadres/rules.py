"""Who may see and keep a union's rules, and its cadres' files."""

from __future__ import annotations

from gonghui.core.access.actor import at_home, in_reach, is_person

# A union's rules bind its members: they may read them.
REGULATION_RULES = {
    "view": in_reach("organisation.view") | at_home(),
    "edit": in_reach("organisation.write"),
    "place": in_reach("organisation.write"),
}

keeps = in_reach("cadres.write")
sees = in_reach("cadres.view") | is_person("person")

ENTITLEMENT_RULES = {"view": sees, "edit": keeps, "place": keeps}

# Nobody rates themselves, nor changes what others gave them.
RATING_RULES = {"view": sees, "edit": keeps & ~is_person("person"), "place": keeps}

OFFICETIME_RULES = {"view": sees, "edit": keeps, "place": keeps}
