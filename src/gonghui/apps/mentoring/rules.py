"""Who sees pairs, tracks, tiers and study away, who keeps them, and what the two agree to."""

from __future__ import annotations

from gonghui.core.access.actor import at_home, in_reach, is_person
from gonghui.kit.rules import nobody, state_in

keeps = in_reach("learning.write")
reads = in_reach("learning.view")
mentor = is_person("mentor")
apprentice = is_person("apprentice")
own = is_person("person")

# Everybody may read by which track their unit brings people on.
TRACK_RULES = {"view": at_home() | reads | keeps, "edit": keeps, "place": keeps}
LADDER_RULES = TRACK_RULES
OFFER_RULES = TRACK_RULES

PAIR_RULES = {
    "view": reads | keeps | mentor | apprentice,
    # What one of them has agreed to is not changed behind their back.
    "edit": keeps & state_in("proposed"),
    "place": keeps,
    "keep": keeps,
    "mentor": mentor,
    "apprentice": apprentice,
    "either": mentor | apprentice,
    "begin": keeps | mentor,
    # Nobody finds themselves, or whom they brought on, to be good enough.
    "judge": keeps & ~mentor & ~apprentice,
    "write": (mentor | apprentice) & state_in("running"),
    "pass": (keeps | mentor) & ~apprentice & state_in("running"),
}

PLACEMENT_RULES = {"view": own | reads | keeps, "edit": keeps, "place": keeps}
DEGREETARGET_RULES = {"view": reads | keeps, "edit": keeps, "place": keeps}
GOING_RULES = {"view": own | reads | keeps, "edit": keeps, "place": keeps, "own": own}
RECOGNITION_RULES = {
    "view": own | reads | keeps,
    "edit": keeps & ~own & state_in("standing"),
    "place": keeps,
    "revoke": keeps & ~own,
}
APPRAISAL_RULES = {"view": own | keeps, "edit": keeps & ~own, "place": keeps}
LESSON_RULES = {
    "view": is_person("pair__mentor")
    | is_person("pair__apprentice")
    | in_reach("learning.write", field="pair__org")
    | in_reach("learning.view", field="pair__org"),
    "edit": nobody,
    "place": nobody,
    "drop": is_person("pair__mentor") | is_person("pair__apprentice"),
    "confirm": (is_person("pair__mentor") | is_person("pair__apprentice")) & ~is_person("by"),
}
