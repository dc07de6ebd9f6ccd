"""Whether somebody is of those an activity is for: by the roster, and by what they say."""

from __future__ import annotations

from collections.abc import Collection

WOMEN, FEMALE = "women", "female"
WORK = {"cadre", "front_line", "technical"}  # nobody does two of these at once


def belongs(wanted: Collection[str], *, said: str, known: str, sex: str) -> bool:
    """Whether a person is of one of the categories; everybody is where none is named (R-022).

    ``known`` and ``sex`` are on the roster, empty where nothing is. What the person says counts
    where the roster does not say otherwise: of the young and of union cadres it knows only some.
    """
    if not wanted or known in wanted or (WOMEN in wanted and sex == FEMALE):
        return True
    if said not in wanted:
        return False
    if said == WOMEN:
        return not sex
    return not (said in WORK and known in WORK)


def may_come(others: Collection[str], *, is_member: bool, is_retired: bool) -> bool:
    """Members may, and of the others whoever is named; the roster knows the retired."""
    return is_member or (is_retired and "retired" in others)
