"""What the papers of an election say, filled from its records; what is not known is 待填."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from gonghui.kit.dates import full_day

from ..models import Candidate, Election, Race
from ..models.counting import LISTED
from .results import results_of

BLANK = "（待填）"
SAMPLE = "示例模板，请按本级的规定核对后使用。"
Row = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table of a paper: its heading, its columns and its rows."""

    title: str
    head: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Paper:
    """A paper before it is written out: whom it is for, what it says, who signs it."""

    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    signer: str
    day: date | None = None
    sheets: tuple[Sheet, ...] = field(default_factory=tuple)


def said(value: object) -> str:
    """A fact of the record, or the mark that it has to be filled in."""
    if value in (None, ""):
        return BLANK
    return full_day(value) if isinstance(value, date) else str(value)


def _what(election: Election) -> str:
    return f"第{election.number}届{election.get_kind_display()}"


def _years(election: Election) -> str:
    """How long the elected serve; who fills a vacancy serves out the running term."""
    return f" {election.years} 年" if election.is_full else "到本届届满为止"


def _seats(election: Election) -> str:
    races = [race for race in election.races.all() if not race.again_id]
    found = "、".join(f"{race.get_office_display()} {race.seats} 名" for race in races)
    return found or BLANK


def _day(election: Election, name: str) -> date | None:
    """The day a step was taken; the paper of a step that was not has no date yet."""
    step = election.steps.filter(name=name).first()
    return step.on if step else None


def request(election: Election) -> Paper:
    """请示: asks the union above to agree to the election."""
    union, upper = election.org, election.org.parent
    agreed = election.steps.filter(name="agree").first()
    return Paper(
        f"关于召开{_what(election)}大会的请示",
        upper.name if upper else BLANK,
        (
            f"{union.name}拟于{said(election.planned_on)}召开{election.get_meeting_display()}，"
            f"进行{_what(election)}。现将有关事项请示如下：",
            f"一、选举项目和名额：{_seats(election)}。",
            f"二、选举方式：{election.get_mode_display()}；主席由{election.get_chair_by_display()}产生。",
            f"三、任期：{_years(election).strip()}。",
            f"四、用人条件：{said(election.standards)}",
            f"五、党组织意见：{said(agreed and agreed.on)}同意，{said(agreed and agreed.paper)}。",
            "妥否，请批示。",
        ),
        union.name,
        _day(election, "submit"),
    )


def permission(election: Election) -> Paper:
    """批复: what the union above answers."""
    union, upper = election.org, election.org.parent
    step = election.steps.filter(name="permit").first()
    return Paper(
        f"关于同意召开{_what(election)}大会的批复",
        union.name,
        (
            f"你会关于召开{_what(election)}大会的请示收悉。经研究，批复如下：",
            f"一、同意召开{election.get_meeting_display()}进行{_what(election)}。",
            f"二、同意选举项目和名额：{_seats(election)}。",
            "三、请按照规定做好候选人推荐审查、公示和选举工作，选举结果报我会批准。",
            f"文号：{said(step and step.paper)}",
        ),
        upper.name if upper else BLANK,
        _day(election, "permit"),
    )


def names(election: Election) -> Paper:
    """候选人名单: who stands, in the order of the list, with how it is ordered."""
    return Paper(
        f"{_what(election)}候选人名单",
        "",
        (f"{election.org.name}{_what(election)}候选人名单如下。{order_said(election)}",),
        election.org.name,
        _day(election, "nominate"),
        tuple(_list_of(race) for race in _first_rounds(election)),
    )


def resumes(election: Election) -> Paper:
    """候选人简历表: each who stands, once, with what was entered of them."""
    rows = Candidate.objects.filter(race__election=election, race__again=None)
    standing: dict[int, list[Candidate]] = {}
    for one in rows.select_related("race", "person").order_by("race_id", *LISTED):
        standing.setdefault(one.person_id, []).append(one)
    return Paper(
        f"{_what(election)}候选人简历表",
        "",
        (f"{election.org.name}{_what(election)}候选人的情况如下。",),
        election.org.name,
        _day(election, "nominate"),
        tuple(_resume(races) for races in standing.values()),
    )


def notice(election: Election) -> Paper:
    """公示: the list as it is shown to the members, with where to object."""
    step = election.steps.filter(name="publish").first()
    return Paper(
        f"{_what(election)}候选人公示",
        "",
        (
            f"经推荐和审查，现将{election.org.name}{_what(election)}候选人予以公示。{order_said(election)}",
            f"公示时间：{said(election.notice_from)}至{said(election.notice_until)}。",
            f"公示地点：{said(step and step.note)}。",
            f"对公示人选有不同意见的，请在公示期内向{election.org.name}反映。联系电话：{BLANK}。",
        ),
        election.org.name,
        _day(election, "publish"),
        tuple(_list_of(race, brief=True) for race in _first_rounds(election)),
    )


def result(election: Election) -> Paper:
    """选举结果报告: what was counted and who was elected, to the union above."""
    upper = election.org.parent
    step = election.steps.filter(name="convene").first()
    return Paper(
        f"关于{_what(election)}结果的报告",
        upper.name if upper else BLANK,
        (
            f"{election.org.name}于{said(election.held_on)}召开{said(step and step.paper)}，"
            f"进行了{_what(election)}。应到会 {said(election.should_attend)} 人，"
            f"实到会 {said(election.present)} 人，符合规定人数。",
            "选举以无记名投票方式进行。现将选举结果报告如下，请予批准。",
        ),
        election.org.name,
        _day(election, "report"),
        tuple(_counted(election)),
    )


def approval(election: Election) -> Paper:
    """结果批复: the union above confirms who was elected."""
    upper = election.org.parent
    step = election.steps.filter(name="confirm").first()
    won = Candidate.objects.filter(race__election=election, elected=True)
    rows = won.select_related("race", "person").order_by("race_id", "pk")
    return Paper(
        f"关于{_what(election)}结果的批复",
        election.org.name,
        (
            f"你会关于{_what(election)}结果的报告收悉。经研究，同意下列人员当选，"
            f"任期{_years(election)}。",
            f"文号：{said(step and step.paper)}",
        ),
        upper.name if upper else BLANK,
        _day(election, "confirm"),
        (
            Sheet(
                "当选人员",
                ("职务", "姓名", "赞成票"),
                tuple((c.race.get_office_display(), str(c.person), said(c.votes)) for c in rows),
            ),
        ),
    )


def order_said(election: Election) -> str:
    """How the list is ordered: by the strokes somebody settled, or by pinyin, and it says so."""
    candidates = Candidate.objects.filter(race__election=election)
    settled = not candidates.filter(position=None).exists() and candidates.exists()
    return "名单按姓氏笔画为序。" if settled else "名单按姓名拼音为序，请按姓氏笔画核定次序。"


def _first_rounds(election: Election) -> Iterable[Race]:
    """What is voted on at first; who stands in a repeat is said at the meeting."""
    return election.races.filter(again=None).order_by("pk")


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


def _counted(election: Election) -> list[Sheet]:
    """The counts of every race as they were agreed; an uncounted one says so."""
    sheets = []
    for found in results_of(election):
        count = found.count
        whole = f"全体委员 {found.voters} 人，" if found.voters else ""
        papers = (
            f"{whole}发出 {count.issued} 票，收回 {count.returned} 票，废票 {count.invalid} 张"
            if count
            else "还没有计票"
        )
        won = set(found.outcome.elected) if found.outcome else set()
        rows = tuple(
            (
                str(c.person),
                said(count.votes.get(c.pk) if count else None),
                "当选" if c.pk in won else "",
            )
            for c in found.candidates
        )
        title = f"{found.race}（应选 {found.race.seats} 名；{papers}）"
        sheets.append(Sheet(title, ("姓名", "赞成票", "结果"), rows))
    return sheets


Maker = Callable[[Election], Paper]
# In the order in which they are needed: its word, and what makes it.
PAPERS: dict[str, tuple[str, Maker]] = {
    "request": ("换届请示", request),
    "permission": ("上级批复", permission),
    "names": ("候选人名单", names),
    "resumes": ("候选人简历表", resumes),
    "notice": ("候选人公示", notice),
    "result": ("选举结果报告", result),
    "approval": ("结果批复", approval),
}
