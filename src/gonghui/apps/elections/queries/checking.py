"""What of an election agrees with the standards and what does not, each with the value used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Membership, Standing
from gonghui.core.regulations.holidays import work_calendar
from gonghui.core.regulations.standards import standard
from gonghui.kit import law
from gonghui.kit.deadlines import workdays_between

from ..engine import counting
from ..models import Candidate, Election, Meeting, Mode, Office, Race
from ..models.election import FROM_AMONG
from .standards import DIFFERENCE, SIZES, said, terms_of

Check = Callable[[Election, date], "list[Checked]"]


@dataclass(frozen=True)
class Checked:
    """One thing that was held against a standard; ``ok`` is None where it cannot be told yet.

    What nobody has filled in yet is ``missing``: it stops the next step, and breaks no rule.
    """

    title: str
    ok: bool | None
    words: str
    standard: str = ""
    blocks: bool = False
    missing: bool = False

    @property
    def tone(self) -> str:
        if self.missing and not self.ok:
            return "wait"
        return "wait" if self.ok is None else "done" if self.ok else "late"

    @property
    def verdict(self) -> str:
        if self.missing and not self.ok:
            return "还缺"
        return "待定" if self.ok is None else "符合" if self.ok else "不符合"


def checks_of(election: Election, day: date) -> list[Checked]:
    """Every check that can be made by now, in the order of the steps."""
    parts: tuple[Check, ...] = (plan_checks, candidate_checks, notice_checks, meeting_checks)
    return [checked for part in parts for checked in part(election, day)]


def members_of(org: Org, day: date) -> int:
    """The members of a union and of all below it."""
    here = Membership.objects.on(day).filter(standing=Standing.MEMBER)
    return here.filter(subtree(org.path, field="org")).count()


def plan_checks(election: Election, day: date) -> list[Checked]:
    """The length of the term, the form of the meeting, the sizes (ORG-05, ORG-09, §2.2)."""
    org, found = election.org, []
    if terms := terms_of(org, day):
        words = f"方案为 {election.years} 年"
        found.append(Checked("任期", election.years in terms.value, words, said(terms)))
    members = members_of(org, day)
    if direct := standard("direct_meeting_below", org=org, day=day):
        wrong = members < direct.value and election.meeting == Meeting.DELEGATES
        words = f"现有会员 {members} 人，拟开{election.get_meeting_display()}"
        found.append(Checked("会议形式", not wrong if members else None, words, said(direct)))
    races = list(election.races.filter(again=None))
    return found + [one for race in races if (one := _size(race, org, members, day))]


def _size(race: Race, org: Org, members: int, day: date) -> Checked | None:
    key = SIZES.get(Office(race.office))
    value = standard(key, org=org, day=day) if key else None
    band = law.band_of(value.value, members) if value else None
    if value is None or band is None:
        return None
    words = f"应选 {race.seats} 人，会员 {members} 人"
    ok = band.low <= race.seats <= band.high if members else None
    return Checked(f"{race}名额", ok, words, said(value, f"{band.low} 至 {band.high} 人"))


def candidate_checks(election: Election, day: date) -> list[Checked]:
    """Enough candidates, each declared, none where they may not stand (ELE-02…04, 11, 12)."""
    races = list(election.races.prefetch_related("candidates__person"))
    found = [_difference(election, race, day) for race in races]
    standing = {race.office: {c.person_id for c in race.candidates.all()} for race in races}
    everyone = [c for race in races for c in race.candidates.all()]
    found += [_declared(everyone)] if everyone else []
    found += _among(races, standing)
    return found + _apart(races, standing)


def _difference(election: Election, race: Race, day: date) -> Checked:
    """How many stand; in a repeat and for officers as many as seats are enough."""
    number, title = len(race.candidates.all()), f"{race}候选人"
    key = DIFFERENCE.get(Office(race.office))
    value = standard(key, org=election.org, day=day) if key and not race.again_id else None
    if value is None:
        words = f"应选 {race.seats} 人，候选人 {number} 人"
        return Checked(title, number >= race.seats, words, blocks=True, missing=not number)
    least = counting.fewest_candidates(race.seats, value.value)
    primary = election.mode == Mode.PRIMARY
    stood = race.stood if primary else number
    where = "预选" if primary else ""
    words = f"应选 {race.seats} 人，{where}候选人 {stood or 0} 人，至少 {least} 人"
    ok = (stood or 0) >= least and number >= race.seats
    return Checked(title, ok, words, said(value), blocks=True, missing=not number)


def _declared(everyone: list[Candidate]) -> Checked:
    silent = sorted({str(c.person) for c in everyone if c.declared_on is None})
    words = f"还没有声明：{'、'.join(silent)}" if silent else "候选人都已声明"
    basis = "企业主要负责人的近亲属不得作为本企业基层工会委员会成员的人选（工会法第十条）"
    return Checked("近亲属声明", not silent, words, basis, blocks=True, missing=bool(silent))


def _among(races: list[Race], standing: dict[str, set[int]]) -> list[Checked]:
    """Officers come from among the candidates of their committee."""
    found = []
    for race in races:
        wider = FROM_AMONG.get(race.office)
        if wider is None or wider not in standing:
            continue
        outside = [str(c) for c in race.candidates.all() if c.person_id not in standing[wider]]
        words = f"不在{Office(wider).label}候选人中：{'、'.join(outside)}" if outside else "一致"
        found.append(Checked(f"{race}产生范围", not outside, words, blocks=True))
    return found


def _apart(races: list[Race], standing: dict[str, set[int]]) -> list[Checked]:
    """The chair and vice-chairs do not audit themselves (ELE-12)."""
    leaders = standing.get(Office.CHAIR, set()) | standing.get(Office.VICE, set())
    auditors = standing.get(Office.AUDITOR, set()) | standing.get(Office.AUDIT_CHAIR, set())
    if not leaders or not auditors:
        return []
    both = sorted(
        {
            str(c)
            for race in races
            for c in race.candidates.all()
            if c.person_id in leaders & auditors
        }
    )
    words = f"两边都有：{'、'.join(both)}" if both else "没有交叉"
    basis = "经审委员不得由本级工会主席、分管财务资产的副主席、财务资产管理人员担任，待核实"
    return [Checked("经审委员与主席、副主席", not both, words, basis, blocks=True)]


def notice_checks(election: Election, day: date) -> list[Checked]:
    """Whether the public notice stood long enough (ELE-10)."""
    if not (election.notice_from and election.notice_until):
        return []
    value = standard("candidate_notice_workdays", org=election.org, day=day)
    if value is None:
        return []
    calendar = work_calendar()
    days = workdays_between(election.notice_from, election.notice_until, calendar)
    doubt = calendar.doubt(election.notice_from, election.notice_until)
    words = f"公示 {days} 个工作日（公示当天不计）" + (f"；{doubt}" if doubt else "")
    return [Checked("公示期", days >= value.value, words, said(value), blocks=True)]


def meeting_checks(election: Election, day: date) -> list[Checked]:
    """Whether enough came (ELE-01)."""
    if election.should_attend is None or election.present is None:
        return []
    value = standard("election_quorum", org=election.org, day=election.held_on or day)
    if value is None:
        return []
    ok = counting.has_quorum(election.present, election.should_attend, value.value)
    words = f"应到 {election.should_attend} 人，实到 {election.present} 人"
    return [Checked("到会人数", ok, words, said(value), blocks=True)]
