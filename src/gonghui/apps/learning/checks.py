"""Checks of study: what was left undone when a turn closed, and units that lie far apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Q

from gonghui.core.credits.kinds import STUDY
from gonghui.core.credits.models import Credit
from gonghui.core.people.models import Membership, Standing
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import people_of, uneven, unit_of_body, units

from .engine.judging import State
from .models import StudyRule
from .queries.judged import Court
from .queries.lives import Scope
from .queries.told import Told, all_told

AREA = "学习"
SPREAD = "study_spread_max"
YEAR = timedelta(days=365)


def items_missing(sight: Sight) -> Iterable[Hit]:
    """Of each unit and rule: how many people of whom something was asked left it undone."""
    known = units(sight)
    judging = StudyRule.objects.judging(sight.day).values("pk")
    for told in all_told(Q(pk__in=judging)):
        asked, lacking = _counted(sight, told)
        for path, people in lacking.items():
            counts = f"要求到 {len(asked[path])} 人，{len(people)} 人没有完成"
            words = f"{told.kept}刚结束的一期，{counts}。"
            yield Hit(known[path].pk, words, about=told.kept.pk)


People = dict[str, set[int]]  # path of a unit → people


def _counted(sight: Sight, told: Told) -> tuple[People, People]:
    """Of whom something was asked, and who left it undone, by unit."""
    homes = unit_of_body(sight)
    asked: People = defaultdict(set)
    lacking: People = defaultdict(set)
    for path in _paths(sight, told.rule.path):
        for one in Court(Scope(path=path), [told], sight.day).stands(closed=True):
            unit = homes.get(one.crowd.org, "")
            if unit and one.verdict.state in (State.MET, State.LATE):
                asked[unit].add(one.person)
            if unit and one.verdict.state == State.LATE:
                lacking[unit].add(one.person)
    return asked, lacking


def _paths(sight: Sight, rule: str) -> list[str]:
    """The subtrees a rule and what is in sight have in common."""
    seen = list(units(sight)) if sight.only else [sight.path]
    return [max(path, rule, key=len) for path in seen if _nested(path, rule)]


def _nested(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def far_apart(sight: Sight) -> Iterable[Hit]:
    """An upper union whose units' shares of people who study lie further apart than it allows."""
    homes, people = unit_of_body(sight), people_of(sight)
    studied = Credit.objects.standing().filter(
        kind__in=STUDY, on__range=(sight.day - YEAR, sight.day)
    )
    rows = Membership.objects.on(sight.day).filter(sight.below())
    rows = rows.exclude(standing=Standing.RETAINED)
    rows = rows.filter(person__in=studied.order_by().values("person"))
    learning: dict[str, int] = defaultdict(int)
    grouped = rows.order_by().values("org_id").annotate(count=Count("pk"))
    for org, count in columns(grouped, "org_id", "count"):
        learning[homes.get(org, "")] += count
    shares = {path: (learning[path], one.workers) for path, one in people.items()}
    return uneven(sight, shares, SPREAD, "近一年的职工参学面")


declare(
    Check(
        "R-451B",
        "各单位学习开展不平衡",
        AREA,
        "info",
        "请在“创争一览”里按职工参学面排一排，到差距大的单位了解情况、重点帮助。",
        far_apart,
        "orgs.org",
        act="去看单位",
        # A change in one unit is looked at when the whole tree is, once a day.
        needs=(SPREAD,),
    )
)
declare(
    Check(
        "R-454",
        "学习要求没有完成",
        AREA,
        "info",
        "请在“谁还差”里看是哪些人、什么原因；请假、调动没有登记的补上登记，学了没有记的提醒本人记上。",
        items_missing,
        "learning.studyrule",
        act="看制度",
        basis="本单位和上级施行的学习制度",
        touched_by=("learning.studyrule", "learning.leave"),
    )
)
