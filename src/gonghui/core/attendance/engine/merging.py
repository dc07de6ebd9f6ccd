"""Adds the marks of one person at one session up to an attendance, whatever their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Mark:
    """``act`` is in, out, excuse or undo; ``number`` is the phone's own, the same when resent."""

    number: UUID
    act: str
    at: datetime
    way: str = "ticked"
    door: str = ""
    undoes: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``status`` is empty where nothing is known yet; ``conflict`` says what does not agree.

    It is ``absent`` where somebody left who never came: nothing is counted, and it is told.
    """

    status: str
    in_at: datetime | None = None
    out_at: datetime | None = None
    reason: str = ""
    conflict: str = ""


def add_up(
    marks: Iterable[Mark], *, starts_at: datetime, ends_at: datetime, grace: timedelta
) -> Outcome:
    """What a set of marks says; the same set gives the same, in any order and however often sent.

    The earliest sign-in and the latest sign-out count. An undone mark is as if never made, also
    when the undoing arrived first. Who signed in and was excused is counted as present, and told.
    """
    kept = _standing(marks)
    entries = [m for m in kept if m.act == "in"]
    outs = [m.at for m in kept if m.act == "out"]
    excuses = [m for m in kept if m.act == "excuse"]
    in_at, out_at = entries[0].at if entries else None, max(outs, default=None)
    reason = excuses[-1].reason if excuses else ""
    if in_at is None:
        status = "excused" if excuses else "absent" if outs else ""
        return Outcome(status, None, out_at, reason, "；".join(_unmet(excuses, left=bool(outs))))
    status = "present"
    if in_at > starts_at + grace:
        status = "late"
    elif out_at is not None and in_at <= out_at < ends_at - grace:
        status = "left_early"
    said = [*_conflicts(entries, out_at, excused=bool(excuses)), *_reasons(excuses)]
    return Outcome(status, in_at, out_at, reason, "；".join(said))


def _standing(marks: Iterable[Mark]) -> list[Mark]:
    """Each mark once, the undone ones gone, in the order of their time."""
    once = {mark.number: mark for mark in marks}
    undone = {mark.undoes for mark in once.values() if mark.act == "undo"}
    left = [m for m in once.values() if m.act != "undo" and m.number not in undone]
    return sorted(left, key=lambda mark: (mark.at, mark.number))


def _unmet(excuses: list[Mark], *, left: bool) -> Iterator[str]:
    """What does not agree of somebody who never signed in."""
    if left:
        yield "请了假又签退" if excuses else "有签退没有签到"
    yield from _reasons(excuses)


def _reasons(excuses: list[Mark]) -> Iterator[str]:
    """The latest reason is shown; another one is not lost for that."""
    said = list(dict.fromkeys(mark.reason for mark in excuses if mark.reason))
    if len(said) > 1:
        yield f"请假记了 {len(said)} 种事由（{'、'.join(said)}）"


def _conflicts(entries: list[Mark], out_at: datetime | None, *, excused: bool) -> Iterator[str]:
    if excused:
        yield "请了假又签到"
    if out_at is not None and out_at < entries[0].at:
        yield "签退早于签到"
    # Who signs in by the door's code and is ticked as well was seen by two, which is no quarrel.
    noted = [mark for mark in entries if mark.way != "self"]
    scanned = [mark for mark in noted if mark.way == "scanned"]
    if len(scanned) > 1:
        yield f"同一个会员码扫了 {len(scanned)} 次（{_doors(scanned)}）"
    elif len(noted) > 1:
        yield f"签到记了 {len(noted)} 次（{_doors(noted)}）"


def _doors(marks: list[Mark]) -> str:
    return "、".join(mark.door or "未注明入口" for mark in marks)
