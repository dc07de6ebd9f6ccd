"""Who sees titles, holds them, and prints their papers."""

from __future__ import annotations

from gonghui.core.access.actor import at_home, in_reach, is_person
from gonghui.kit.rules import state_in

from .models import State

gives = in_reach("evaluation.write")
of_holder = in_reach("evaluation.apply", field="holder") | in_reach(
    "evaluation.write", field="holder"
)
reads = in_reach("evaluation.view") | in_reach("evaluation.view", field="holder")
own = is_person("person")

TITLE_RULES = {
    # An honour is public among those who work below the union that gave it.
    "view": gives | reads | of_holder | own | at_home(),
    "edit": gives & state_in(State.STANDING),
    "place": gives,
    "paper": (gives | of_holder | own) & state_in(State.STANDING, State.RENEWED),
}
