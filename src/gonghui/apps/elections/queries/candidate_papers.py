"""The papers of who stands: the list, what is known of each, the public notice, the ballot."""

from __future__ import annotations

from ..models import Candidate, Election, Race
from ..models.counting import LISTED
from .drafting import BLANK, Paper, Row, Sheet, day_of, first_rounds, order_said, said, what


def names(election: Election) -> Paper:
    """候选人名单: who stands, in the order of the list, with how it is ordered."""
    return Paper(
        f"{what(election)}候选人名单",
        "",
        (f"{election.org.name}{what(election)}候选人名单如下。{order_said(election)}",),
        election.org.name,
        day_of(election, "nominate"),
        tuple(_list_of(race) for race in first_rounds(election)),
    )


def resumes(election: Election) -> Paper:
    """候选人简历表: each who stands, once, with what was entered of them."""
    rows = Candidate.objects.filter(race__election=election, race__again=None)
    standing: dict[int, list[Candidate]] = {}
    for one in rows.select_related("race", "person").order_by("race_id", *LISTED):
        standing.setdefault(one.person_id, []).append(one)
    return Paper(
        f"{what(election)}候选人简历表",
        "",
        (f"{election.org.name}{what(election)}候选人的情况如下。",),
        election.org.name,
        day_of(election, "nominate"),
        tuple(_resume(races) for races in standing.values()),
    )


def notice(election: Election) -> Paper:
    """公示: the list as it is shown to the members, with where to object."""
    step = election.steps.filter(name="publish").first()
    return Paper(
        f"{what(election)}候选人公示",
        "",
        (
            f"经推荐和审查，现将{election.org.name}{what(election)}候选人予以公示。{order_said(election)}",
            f"公示时间：{said(election.notice_from)}至{said(election.notice_until)}。",
            f"公示地点：{said(step and step.note)}。",
            f"对公示人选有不同意见的，请在公示期内向{election.org.name}反映。联系电话：{BLANK}。",
        ),
        election.org.name,
        day_of(election, "publish"),
        tuple(_list_of(race, brief=True) for race in first_rounds(election)),
    )


def ballots(election: Election) -> Paper:
    """选票: a ballot for each race, with nothing on it that would tell whose it is (ELE-05)."""
    return Paper(
        f"{what(election)}选票",
        "",
        (
            "赞成的在「赞成」一栏画○，不赞成的在「不赞成」一栏画×，弃权的不作记号；"
            "另选他人的，把姓名写在「另选人」后面。",
            "所选人数等于或者少于应选人数的有效，多于应选人数的为废票。不得委托他人代为投票。"
            f"{order_said(election)}",
        ),
        election.org.name,
        election.held_on,
        tuple(_ballot(race) for race in election.races.order_by("pk")),
    )


def _ballot(race: Race) -> Sheet:
    standing = [(c.person.name, "", "") for c in race.candidates.select_related("person")]
    rows = [*(standing or [(BLANK, "", "")]), ("另选人", "", "")]
    title = f"{race}选票（应选 {race.seats} 名）"
    return Sheet(title, ("候选人", "赞成", "不赞成"), tuple(rows))


def _list_of(race: Race, *, brief: bool = False) -> Sheet:
    rows = [_candidate(c, brief=brief) for c in race.candidates.select_related("person")]
    head: Row = ("序号", "姓名", "性别", "单位及职务", "政治面貌")
    if not brief:
        head = (*head, "推荐单位", "近亲属声明")
    numbered = tuple((str(n), *row) for n, row in enumerate(rows, 1))
    return Sheet(f"{race}（应选 {race.seats} 名）", head, numbered)


def _candidate(candidate: Candidate, *, brief: bool) -> Row:
    person = candidate.person
    row: Row = (
        person.name,
        said(person.get_sex_display()),
        said(candidate.duty),
        said(candidate.party),
    )
    if brief:
        return row
    return (*row, said(candidate.proposed_by), _declared([candidate]))


def _resume(races: list[Candidate]) -> Sheet:
    """What was said of a person in any of the races they stand in; the first that says it."""

    def told(name: str) -> str:
        return said(next(filter(None, (getattr(one, name) for one in races)), None))

    rows = (
        ("性别", said(races[0].person.get_sex_display())),
        ("单位及职务", told("duty")),
        ("政治面貌", told("party")),
        ("推荐单位", told("proposed_by")),
        ("近亲属声明", _declared(races)),
        ("简历", told("resume")),
    )
    offices = "、".join(one.race.get_office_display() for one in races)
    return Sheet(f"{races[0].person.name}（{offices}候选人）", ("项目", "内容"), rows)


def _declared(races: list[Candidate]) -> str:
    days = [one.declared_on for one in races if one.declared_on]
    return f"{min(days):%Y-%m-%d} 已声明" if days else BLANK
