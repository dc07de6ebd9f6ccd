"""Who is elected by a count, who is tied, and what makes a count void (domain §2.4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gonghui.kit import law


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted for one office; ``votes`` maps a candidate to the votes for them.

    ``came`` is what those present are called: of a meeting, or a whole committee.
    """

    seats: int
    should_attend: int
    present: int
    issued: int
    returned: int
    invalid: int
    votes: Mapping[int, int]
    came: str = "实到会的"

    @property
    def valid(self) -> int:
        return self.returned - self.invalid


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who is elected, who stands level at the last seat, and how many seats stay empty."""

    elected: tuple[int, ...]
    tied: tuple[int, ...]
    missing: int

    @property
    def is_complete(self) -> bool:
        return not self.missing


def has_quorum(present: int, should_attend: int, share: Fraction) -> bool:
    """ELE-01: the meeting may elect when this share of those who should attend is there."""
    return should_attend > 0 and law.at_least(present, should_attend, share)


def fewest_candidates(seats: int, rate: Fraction) -> int:
    """ELE-02: the seats and the difference, which is at least one."""
    return seats + max(1, law.fewest(seats, rate))


def faults(count: Count) -> list[str]:
    """What makes a count impossible or the vote void, in sentences; ELE-06 and ELE-07."""
    found = []
    if count.returned > count.issued:
        found.append(
            f"收回 {count.returned} 票，多于发出的 {count.issued} 票，选举无效，应当重选。"
        )
    if count.issued > count.present:
        found.append(f"发出 {count.issued} 票，多于{count.came} {count.present} 人，请核对。")
    if count.invalid > count.returned:
        found.append("废票多于收回票，请核对。")
    most = max(count.votes.values(), default=0)
    if most > count.valid >= 0:
        found.append(f"有候选人得 {most} 票，多于有效票 {count.valid} 张，请核对。")
    if sum(count.votes.values()) > count.seats * max(count.valid, 0):
        found.append(
            f"得票之和超过有效票 {count.valid} 张、每张最多选 {count.seats} 人的上限，请核对。"
        )
    return found


def outcome(count: Count, share: Fraction, barred: Collection[int] = ()) -> Outcome:
    """ELE-08, ELE-09: more than this share of those who should attend; the most votes first.

    Candidates level at the last seat are not elected: they are voted on again. Those ``barred``
    cannot be elected, whatever votes they have.
    """
    passed = [
        who
        for who, yes in count.votes.items()
        if who not in barred and law.more_than(yes, count.should_attend, share)
    ]
    passed.sort(key=lambda who: -count.votes[who])
    if len(passed) <= count.seats:
        return Outcome(tuple(passed), (), count.seats - len(passed))
    line = count.votes[passed[count.seats - 1]]
    if count.votes[passed[count.seats]] < line:
        return Outcome(tuple(passed[: count.seats]), (), 0)
    above = tuple(who for who in passed if count.votes[who] > line)
    level = tuple(who for who in passed if count.votes[who] == line)
    return Outcome(above, level, count.seats - len(above))


def removed(yes: int, eligible: int, share: Fraction) -> bool:
    """ORG-10: more than this share of all who may vote, whether they came or not."""
    return eligible > 0 and law.more_than(yes, eligible, share)
