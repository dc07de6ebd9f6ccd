"""Who may see and keep honours."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach, is_person

keeps = in_reach("honours.write")

HONOUR_RULES = {
    # Where it was entered, where the person is now, and themselves.
    "view": in_reach("people.view")
    | in_reach("people.view", field="person__org")
    | is_person("person"),
    "edit": keeps & ~is_person("person"),
    "place": keeps,
}
