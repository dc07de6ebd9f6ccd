"""The papers of the plan: the request to the union above, its answer, the rules of the vote."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gonghui.core.regulations.standards import Value, values_of

from ..models import Election, Mode, Office, Race
from ..models.election import FROM_AMONG
from .drafting import (
    BLANK,
    Paper,
    Row,
    Sheet,
    day_of,
    first_rounds,
    order_said,
    said,
    seats,
    what,
    years,
)  # fmt: skip
from .standards import DIFFERENCE

QUORUM, MAJORITY, NOTICE = "election_quorum", "elected_share", "candidate_notice_workdays"


def request(election: Election) -> Paper:
    """请示: asks the union above to agree to the election."""
    union, upper = election.org, election.org.parent
    agreed = election.steps.filter(name="agree").first()
    return Paper(
        f"关于召开{what(election)}大会的请示",
        upper.name if upper else BLANK,
        (
            f"{union.name}拟于{said(election.planned_on)}召开{election.get_meeting_display()}，"
            f"进行{what(election)}。现将有关事项请示如下：",
            f"一、选举项目和名额：{seats(election)}。",
            f"二、选举方式：{election.get_mode_display()}；主席由{election.get_chair_by_display()}产生。",
            f"三、任期：{years(election).strip()}。",
            f"四、用人条件：{said(election.standards)}",
            f"五、党组织意见：{said(agreed and agreed.on)}同意，{said(agreed and agreed.paper)}。",
            "妥否，请批示。",
        ),
        union.name,
        day_of(election, "submit"),
    )


def permission(election: Election) -> Paper:
    """批复: what the union above answers."""
    union, upper = election.org, election.org.parent
    step = election.steps.filter(name="permit").first()
    return Paper(
        f"关于同意召开{what(election)}大会的批复",
        union.name,
        (
            f"你会关于召开{what(election)}大会的请示收悉。经研究，批复如下：",
            f"一、同意召开{election.get_meeting_display()}进行{what(election)}。",
            f"二、同意选举项目和名额：{seats(election)}。",
            "三、请按照规定做好候选人推荐审查、公示和选举工作，选举结果报我会批准。",
            f"文号：{said(step and step.paper)}",
        ),
        upper.name if upper else BLANK,
        day_of(election, "permit"),
    )


def method(election: Election) -> Paper:
    """选举办法: how is voted, counted and decided, as the system checks it (domain §2.4)."""
    races = list(first_rounds(election).prefetch_related("candidates"))
    rates = [DIFFERENCE[Office(race.office)] for race in races if race.office in DIFFERENCE]
    rules = _rules_of(election, [QUORUM, MAJORITY, NOTICE, *dict.fromkeys(rates)])
    articles = _articles(election, rules, any(race.by_committee for race in races))
    return Paper(
        f"{what(election)}办法（草案）",
        "",
        tuple(f"第{number}条 {article}" for number, article in enumerate(articles, 1)),
        election.org.name,
        day_of(election, "convene"),
        (
            Sheet(
                "选举项目",
                ("选举项目", "应选人数", "候选人", "差额", "由谁选举", "从谁当中产生"),
                tuple(_race(race, election) for race in races),
            ),
            Sheet(
                "本办法引用的标准",
                ("标准", "数值", "依据", "核实情况"),
                tuple(_cited(value) for value in rules.values() if value),
            ),
        ),
    )


def _rules_of(election: Election, keys: list[str]) -> dict[str, Value | None]:
    """The standards as they hold for the union on the day of the meeting, or today."""
    day: date = election.held_on or timezone.localdate()
    values = values_of(keys, day=day)
    return {key: values[key].at(election.org.path) for key in keys}


def _articles(election: Election, rules: dict[str, Value | None], by_committee: bool) -> list[str]:
    """Articles in our own words; each says what the steps of the election hold it to."""
    permit = election.steps.filter(name="permit").first()
    meeting = election.get_meeting_display()
    told = {key: value.words if value else BLANK for key, value in rules.items()}
    committee = "由委员会选举的，应到会是当选的全体委员。" if by_committee else ""
    return [
        "根据《中国工会章程》《工会基层组织选举工作条例》和上级批复"
        f"（{said(permit and permit.paper)}），制定本办法。",
        f"本次选举由{meeting}进行，任期{years(election)}。选举项目和应选人数见附表。",
        f"采用{election.get_mode_display()}。主席由{election.get_chair_by_display()}产生。",
        f"候选人经推荐和审查后公示，公示期不少于 {told[NOTICE]}，"
        f"自{said(election.notice_from)}至{said(election.notice_until)}。{order_said(election)}",
        f"参加选举的人数达到应到会人数的{told[QUORUM]}以上，方可选举。{committee}",
        "选举采用无记名投票，不得委托他人代为投票。",
        "每张选票所选人数等于或者少于应选人数的有效，多于应选人数的为废票。",
        "收回的选票等于或者少于发出的选票，选举有效；多于发出的选票，选举无效，应当重新选举。",
        f"得到的赞成票超过应到会人数的{told[MAJORITY]}，方可当选。"
        "超过的人数多于应选人数时，得票多的当选；在最后一个名额上票数相等的，就这几位候选人再次投票。",
        f"当选人数少于应选人数时，不足的名额另行选举；经{meeting}多数同意，也可以减少名额。",
        f"总监票人：{BLANK}；监票人：{BLANK}；计票人：{BLANK}。"
        "计票结果由两个人分别录入，核对一致后宣布，并报上一级工会批准。",
        f"本办法经{meeting}通过后施行。",
    ]


def _race(race: Race, election: Election) -> Row:
    """How many stand for how many seats; of a primary those who stood in it."""
    number = len(race.candidates.all())
    stood = race.stood if election.mode == Mode.PRIMARY else number
    told = f"预选 {said(stood)}，正式 {number}" if election.mode == Mode.PRIMARY else str(number)
    voters = race.get_voted_by_display() if race.by_committee else election.get_meeting_display()
    wider = FROM_AMONG.get(race.office)
    return (
        str(race),
        str(race.seats),
        told if number else BLANK,
        str(stood - race.seats) if number and stood is not None else BLANK,
        voters,
        f"当选的{Office(wider).label}" if wider else "候选人名单",
    )


def _cited(value: Value) -> Row:
    told = value.told()
    return (told["title"], told["words"], said(told["source"] or told["org"]), told["tag"])
