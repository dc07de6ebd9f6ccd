"""Replays a person's ledger: entries in, spans of standing out, impossible stories refused.

Plain Python; ``ledger.py`` reads and writes the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from operator import attrgetter

from gonghui.kit.errors import DomainError

WORKER, MEMBER, RETAINED = "worker", "member", "retained"
HELD = (MEMBER, RETAINED)  # who has a membership
REVOKE = "revoke"
ONE_DAY = timedelta(days=1)


class Contradiction(DomainError):
    """The entries tell a story that cannot have happened; the sentence says where it breaks."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the replay reads it; ``revokes`` is the number of the entry it takes back."""

    number: int
    day: date
    act: str
    org: int = 0
    standing: str = ""
    employment: str = ""
    revokes: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a person stands; ``joined_on`` is empty where nobody knows the day."""

    org: int
    standing: str
    employment: str = ""
    joined_on: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A state from a day until a day, both counting; no end means that it still holds."""

    org: int
    standing: str
    employment: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """An entry in force with the state before and after it; no state: on nobody's books."""

    line: Line
    before: State | None
    after: State | None


def walk(lines: Iterable[Line]) -> list[Step]:
    """The entries in force, in the order of their days, each with what it changed."""
    steps = []
    state: State | None = None
    last: Line | None = None
    for line in in_force(lines):
        if last and last.act == "die":
            raise Contradiction(f"{_on(last)}已登记去世，之后不能再登记{NAMES[line.act]}。")
        after = ACTS[line.act](state, line)
        steps.append(Step(line, state, after))
        state, last = after, line
    return steps


def spans_of(steps: Sequence[Step]) -> list[Span]:
    """The spans: a day belongs to the last entry of that day, equal neighbours are one."""
    spans: list[Span] = []
    for step, later in zip_longest(steps, steps[1:]):
        until = later.line.day - ONE_DAY if later else None
        state, since = step.after, step.line.day
        if state is None or (until is not None and until < since):
            continue
        last = spans[-1] if spans else None
        if last and last.until == since - ONE_DAY and _same(last, state):
            spans[-1] = replace(last, until=until)
        else:
            spans.append(Span(state.org, state.standing, state.employment, since, until))
    return spans


def replay(lines: Iterable[Line]) -> list[Span]:
    """Where the entries say the person stood, from when to when."""
    return spans_of(walk(lines))


def in_force(lines: Iterable[Line]) -> Iterator[Line]:
    """The entries nobody took back, by day and then in the order of writing."""
    told = list(lines)
    takings = [line for line in told if line.act == REVOKE]
    kept = _not_taken_back(told, takings) if takings else told
    return iter(sorted(kept, key=attrgetter("day", "number")))


def _not_taken_back(told: list[Line], takings: list[Line]) -> list[Line]:
    known = {line.number: line for line in told}
    for line in takings:
        taken = known.get(line.revokes or 0)
        if taken is None:
            raise Contradiction("要撤销的那一条不在此人的台账里。")
        if taken.act == REVOKE:
            raise Contradiction("撤销本身不能再撤销，请按实际情况重新登记。")
    gone = {number for line in takings for number in (line.number, line.revokes)}
    return [line for line in told if line.number not in gone]


def _same(span: Span, state: State) -> bool:
    return (span.org, span.standing, span.employment) == (
        state.org,
        state.standing,
        state.employment,
    )


def _on(line: Line) -> str:
    return f"{line.day:%Y-%m-%d} "


def _known(state: State | None, line: Line) -> State:
    if state is None:
        raise Contradiction(f"{_on(line)}此人不在册，不能登记{NAMES[line.act]}；请先登记。")
    return state


def _held(state: State | None, line: Line) -> State:
    known = _known(state, line)
    if known.standing not in HELD:
        raise Contradiction(f"{_on(line)}此人还不是会员，不能登记{NAMES[line.act]}。")
    return known


def _enter(state: State | None, line: Line) -> State:
    if state is not None:
        raise Contradiction(f"{_on(line)}此人已经在册，不能再登记一次；换组织请用调整或转接。")
    return State(line.org, line.standing or WORKER, line.employment)


def _join(state: State | None, line: Line) -> State:
    if state is None:
        return State(line.org, MEMBER, line.employment, line.day)
    if state.standing in HELD:
        raise Contradiction(f"{_on(line)}此人已经是会员，不能再入会；换工会请办转接。")
    return replace(state, standing=MEMBER, joined_on=line.day)


def _transfer(state: State | None, line: Line) -> State:
    """Whoever kept their membership while without work is a full member again.

    Unless the entry says that it goes on being kept: where somebody has no work yet, the union of
    the place they live in takes care of it (domain MEM-06).
    """
    held = _held(state, line)
    if held.org == line.org:
        raise Contradiction(f"{_on(line)}此人的会籍已经在那里，不用转接。")
    if line.standing == RETAINED and held.standing != RETAINED:
        raise Contradiction(f"{_on(line)}此人的会籍没有保留，不能作为保留会籍转接。")
    return replace(held, org=line.org, standing=line.standing or MEMBER)


def _move(state: State | None, line: Line) -> State:
    known = _known(state, line)
    if known.org == line.org:
        raise Contradiction(f"{_on(line)}此人已经在那里，不用调整。")
    return replace(known, org=line.org)


def _employ(state: State | None, line: Line) -> State:
    return replace(_known(state, line), employment=line.employment)


def _retain(state: State | None, line: Line) -> State:
    held = _held(state, line)
    if held.standing == RETAINED:
        raise Contradiction(f"{_on(line)}此人的会籍已经保留。")
    return replace(held, standing=RETAINED)


def _resume(state: State | None, line: Line) -> State:
    held = _held(state, line)
    if held.standing != RETAINED:
        raise Contradiction(f"{_on(line)}此人的会籍没有保留，不用恢复。")
    return replace(held, standing=MEMBER)


def _end(state: State | None, line: Line) -> State | None:
    """A member at work stays on the books as a worker; whoever only kept a membership goes."""
    held = _held(state, line)
    if held.standing == RETAINED:
        return None
    return replace(held, standing=WORKER, joined_on=None)


def _leave(state: State | None, line: Line) -> State | None:
    _known(state, line)
    return None


ACTS: dict[str, Callable[[State | None, Line], State | None]] = {
    "enter": _enter,
    "join": _join,
    "transfer": _transfer,
    "move": _move,
    "employ": _employ,
    "retain": _retain,
    "resume": _resume,
    "quit": _end,
    "lapse": _end,
    "expel": _end,
    "leave": _leave,
    "die": _leave,
}
NAMES = {
    "enter": "来到",
    "join": "入会",
    "transfer": "转接",
    "move": "调整",
    "employ": "用工变更",
    "retain": "保留会籍",
    "resume": "恢复会籍",
    "quit": "退会",
    "lapse": "自动退会",
    "expel": "除名",
    "leave": "离开",
    "die": "去世",
}
