"""What is sealed of two records of one person is joined fact by fact, and parted again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from gonghui.core.people.models import Identity, Person
from gonghui.core.screens.changes import told
from gonghui.kit.sealed_fields import Secret
from gonghui.kit.sealing import blind

from ..queries.pointing import both_sealed
from ..queries.record import SEALED

PURPOSE = "merge"


def join_sealed(
    kept: Person, gone: Person, chosen: Collection[str]
) -> tuple[dict[str, str], dict[str, list[str | None]]]:
    """Give ``kept`` what it lacks and what was chosen; ``gone`` gets what was there instead.

    Returns name → a mark by which the value is known again, and what history may say of it. The
    ID number can lie in one row only, so nothing is copied.
    """
    both = both_sealed(kept, gone)
    if both is None:
        return {}, {}
    mine, theirs = both
    taken = [name for name in SEALED if _is_taken(name, mine, theirs, chosen)]
    said = {name: [told(getattr(one, name)) for one in (mine, theirs)] for name in taken}
    _exchange(mine, theirs, taken)
    return {name: _mark(getattr(mine, name)) for name in taken}, said


def part_sealed(kept: Person, gone: Person, marks: Mapping[str, str]) -> None:
    """Both get theirs back, but for what somebody has changed since."""
    both = both_sealed(kept, gone)
    if both is None:
        return
    mine, theirs = both
    same = [name for name, mark in marks.items() if _mark(getattr(mine, name)) == mark]
    _exchange(mine, theirs, same)


def _is_taken(name: str, mine: Identity, theirs: Identity, chosen: Collection[str]) -> bool:
    old, new = getattr(mine, name), getattr(theirs, name)
    return bool(new) and old != new and (name in chosen or not old)


def _exchange(mine: Identity, theirs: Identity, names: Iterable[str]) -> None:
    """A document goes with its kind; the one is emptied first, because a number is unique."""
    wanted = [*names, *(["kind"] if "number" in names else [])]
    if not wanted:
        return
    had = {name: getattr(mine, name) for name in wanted}
    for name in wanted:
        setattr(mine, name, getattr(theirs, name))
        if name != "kind":
            setattr(theirs, name, None)
    theirs.save()
    mine.save()
    for name, value in had.items():
        setattr(theirs, name, value)
    theirs.save()


def _mark(value: Secret | None) -> str:
    """By which a value is known again and from which nobody can tell it."""
    return blind(value.reveal(), PURPOSE).hex() if value else ""
