"""Who may see and keep dismissals, and the register of hardship: few, and each their own."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach, is_person

sees = in_reach("care.view") | in_reach("care.view", field="person__org")
keeps = in_reach("care.write")

DISMISSAL_RULES = {
    "view": in_reach("people.view") | is_person("person"),
    "edit": in_reach("people.write"),
    "place": in_reach("people.write"),
}

HARDSHIP_RULES = {
    "view": sees | is_person("person"),
    "edit": keeps & ~is_person("person"),
    "place": keeps,
    # The illness itself: whoever keeps the file and may look at what is sealed.
    "reveal": keeps & in_reach("people.reveal") & ~is_person("person"),
}
