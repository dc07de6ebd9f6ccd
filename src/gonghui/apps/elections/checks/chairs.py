"""Checks of chairs: how they came to office, whether one is missing, full-time or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gonghui.core.orgs.models import UNIT, UPPER, Function
from gonghui.core.people.models import CHAIR, Post, Way
from gonghui.core.people.posts import union_of_post
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import Union, committee_posts, reported_workers, unions
from gonghui.kit.dates import full_day
from gonghui.kit.deadlines import add_days, add_months

AREA = "主席和委员"
LINK = "people.post"
UNION = "orgs.org"
TOUCHED = ("people.post", "orgs.org")
ANSWERS = ("election_report_days", "election_answer_days")


@dataclass(frozen=True, slots=True)
class Chair:
    """A chair in office, or the last one of a union that has none."""

    post: int
    union: Union
    name: str
    since: date
    way: str
    full_time: bool | None
    approved: bool


def _chairs(sight: Sight) -> list[Chair]:
    rows = Post.objects.filter(committee_posts(sight), title=CHAIR).order_by()
    known = {one.pk: one for one in unions(sight).values()}
    found = []
    for row in columns(
        rows.annotate(union=union_of_post()),
        "pk",
        "union",
        "person__name",
        "since",
        "way",
        "full_time",
        "approved_on",
        "approval",
    ):
        union = known.get(row[1])
        if union is not None:
            approved = bool(row[6] or row[7])
            found.append(Chair(row[0], union, row[2], row[3], row[4], row[5], approved))
    return found


def _units(chairs: Iterable[Chair]) -> Iterable[Chair]:
    return (chair for chair in chairs if chair.union.kind in UNIT)


def not_elected(sight: Sight) -> Iterable[Hit]:
    for one in _units(sight.once(_chairs)):
        if one.way == Way.APPOINTED:
            words = f"主席{one.name}登记为委派产生，没有经过选举。"
            yield Hit(one.union.pk, words, one.post)
        elif not one.way:
            words = f"主席{one.name}是怎样产生的没有登记。"
            yield Hit(one.union.pk, words, one.post, severity="info")


def not_approved(sight: Sight) -> Iterable[Hit]:
    """The days for the report and for the answer are let pass first."""
    for one in _units(sight.once(_chairs)):
        if one.approved or one.way not in {Way.ELECTED, Way.BY_ELECTION}:
            continue
        values = tuple(sight.at(key, one.union.path) for key in ANSWERS)
        allowed = add_days(one.since, sum(value.value for value in values if value))
        if sight.day > allowed:
            words = f"主席{one.name}自 {full_day(one.since)}任职，没有登记上一级工会的批复。"
            yield Hit(one.union.pk, words, one.post, values=values)


def acting(sight: Sight) -> Iterable[Hit]:
    for one in _units(sight.once(_chairs)):
        value = sight.at("acting_max_months", one.union.path)
        if one.way != Way.ACTING or value is None:
            continue
        if sight.day > add_months(one.since, value.value):
            words = f"{one.name}自 {full_day(one.since)}临时主持工作，已超过 {value.words}。"
            yield Hit(one.union.pk, words, one.post, values=(value,))


def _last_chairs(sight: Sight) -> dict[int, date]:
    """Union → the day its last chair left, where one is known."""
    left = Post.objects.filter(title=CHAIR, until__lt=sight.day)
    own = left.filter(sight.within(), org__kind__in=UNIT | UPPER)
    apart = left.filter(sight.within("org__parent"), org__function=Function.UNION)
    found: dict[int, date] = {}
    rows = columns(own, "org_id", "until") + columns(apart, "org__parent_id", "until")
    for union, until in rows:
        found[union] = max(until, found.get(union, until))
    return found


def vacant(sight: Sight) -> Iterable[Hit]:
    held = {one.union.pk for one in sight.once(_chairs)}
    empty = [one for one in unions(sight).values() if one.kind in UNIT and one.pk not in held]
    left = _last_chairs(sight) if empty else {}
    for union in empty:
        value = sight.at("vacancy_fill_months", union.path)
        since = left.get(union.pk)
        if since is None:
            yield Hit(union.pk, "没有登记主席。", severity="info")
        elif value is None or sight.day <= add_months(since, value.value):
            words = f"主席自 {full_day(since)}起缺额，请按期补选。"
            yield Hit(union.pk, words, values=(value,), severity="info")
        else:
            words = f"主席自 {full_day(since)}起缺额，已超过 {value.words}还没有补选。"
            yield Hit(union.pk, words, values=(value,))


def part_time(sight: Sight) -> Iterable[Hit]:
    workers = reported_workers(sight)
    for one in _units(sight.once(_chairs)):
        value = sight.at("fulltime_chair_min_employees", one.union.path)
        count = workers.get(one.union.pk)
        if value is None or count is None or one.full_time is not False:
            continue
        if count >= value.value:
            words = f"职工 {count} 人，主席{one.name}是兼职，可以设专职主席。"
            yield Hit(one.union.pk, words, one.post, values=(value,))


declare(
    Check(
        "R-448",
        "主席没有经过选举",
        AREA,
        "warn",
        "主席由会员（代表）大会或者委员会选举产生；请按步骤补办选举并报上一级工会，登记错了就改正产生方式。",
        not_elected,
        LINK,
        basis="中国工会章程：各级工会委员会和主席由选举产生",
        touched_by=TOUCHED,
    )
)
declare(
    Check(
        "R-448B",
        "主席没有上级批复",
        AREA,
        "warn",
        "选举结果须报上一级工会批准；请报批，或者补登批复文号和日期。",
        not_approved,
        LINK,
        basis="中国工会章程：选举结果报上一级工会批准",
        uses=ANSWERS,
        touched_by=TOUCHED,
    )
)
declare(
    Check(
        "ORG-18A",
        "临时主持工作过久",
        AREA,
        "warn",
        "请尽快补选主席，报上一级工会批准。",
        acting,
        LINK,
        needs=("acting_max_months",),
        touched_by=TOUCHED,
    )
)
declare(
    Check(
        "ORG-18",
        "主席缺额",
        AREA,
        "warn",
        "请在期限内补选主席；已经有主席的，请登记任职。",
        vacant,
        UNION,
        basis="主席缺额应当及时补选",
        uses=("vacancy_fill_months",),
        touched_by=TOUCHED,
    )
)
declare(
    Check(
        "ORG-04",
        "可以设专职主席",
        AREA,
        "info",
        "工会法写的是“可以设”；请与单位商量是否设专职主席，决定不设的可以认领并写明原因。",
        part_time,
        LINK,
        basis="工会法第十四条：职工二百人以上的企业、事业单位、社会组织的工会，可以设专职工会主席",
        needs=("fulltime_chair_min_employees",),
        touched_by=(*TOUCHED, "orgs.headcount"),
    )
)
