"""The check of study rules: what was left undone when the last turn closed, by unit and rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from gonghui.core.watch.checking import Check, Hit, Sight, declare
from gonghui.core.watch.rolling import unit_of_body, units

from .engine.judging import State
from .models import StudyRule
from .queries.judged import Court
from .queries.lives import Scope
from .queries.told import Told, all_told

AREA = "学习"


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
        basis="每学期学习一本教育专著，撰写一篇学习心得；每一月撰写一到两篇教育笔记",
        touched_by=("learning.studyrule", "learning.leave"),
    )
)
