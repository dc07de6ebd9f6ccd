"""Checks of the roll-out: units below the test of the year's stage, units that do not begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from gonghui.core.orgs.models import STEP, UNIT, UPPER, WITHIN
from gonghui.core.watch.checking import Check, Hit, Sight, declare

from .engine.shares import Count
from .models import Stage, Test
from .queries.coverage import taking_among
from .queries.rollout import STANDARD, counts_by_unit, judge

AREA = "学习创争"
LINK = "orgs.org"
Known = dict[str, int]


def _stages(sight: Sight, owners: frozenset[str]) -> dict[str, Stage]:
    """Path of who rolls out → the stage of the year, of owners of these kinds."""
    year = sight.day.year
    rows = Stage.objects.filter(first_year__lte=year, last_year__gte=year, org__kind__in=owners)
    return {one.org.path: one for one in rows.select_related("org")}


def _nearest(stages: Mapping[str, Stage], path: str) -> Stage | None:
    """The stage of the nearest body from a path upward."""
    ends = range(len(path), 0, -STEP)
    return next((stages[path[:end]] for end in ends if path[:end] in stages), None)


def _unions(sight: Sight, kinds: frozenset[str]) -> Known:
    return dict(sight.unions().filter(kind__in=kinds).values_list("path", "pk"))


def below_test(sight: Sight) -> Iterable[Hit]:
    """Units of an upper union, and branches of a unit, by the stage of whoever rolls it out."""
    for kinds, owners in ((UNIT, UPPER), (WITHIN, UNIT | WITHIN)):
        stages = _stages(sight, owners)
        known = _unions(sight, kinds) if stages else {}
        if known:
            yield from _judged(sight, known, stages)


def _judged(sight: Sight, known: Known, stages: Mapping[str, Stage]) -> Iterable[Hit]:
    now = counts_by_unit(sight.day, known, sight.below(""))
    before: Mapping[str, Count] = {}
    if any(stage.test == Test.STEADY for stage in stages.values()):
        before = counts_by_unit(date(sight.day.year - 1, 12, 31), known, sight.below(""))
    for path, pk in known.items():
        stage = _nearest(stages, path)
        count = now.get(path, Count())
        if stage is None or not count.total:
            continue
        least = {key: sight.at(key, path) for key in STANDARD.values()}
        verdict = judge(stage, count, before.get(path, Count()), least)
        if verdict.passes is False:
            words = (
                f"“{stage.name}”：{count.total} 个班组中 {count.taking} 个参加，{verdict.words}。"
            )
            yield Hit(pk, words, values=(verdict.least,) if verdict.least else ())


def not_begun(sight: Sight) -> Iterable[Hit]:
    """Where a roll-out is on, every unit with a union takes part (R-067)."""
    stages = _stages(sight, UPPER)
    known = _unions(sight, UNIT) if stages else {}
    if not known:
        return
    taking = taking_among(frozenset(known), sight.day, sight.below())
    for path, pk in known.items():
        stage = _nearest(stages, path)
        if stage is not None and path not in taking:
            yield Hit(
                pk, f"{stage.org}在推进“{stage.name}”，本单位还没有登记参加，也没有班组参加。"
            )


declare(
    Check(
        "R-453",
        "参加创建的班组没有达到阶段要求",
        AREA,
        "warn",
        "请看是哪些班组还没有参加，有什么困难，帮它们开展起来；名单见推进情况。",
        below_test,
        LINK,
        act="去看看",
        basis="本级或上级排定的推进阶段",
        uses=tuple(STANDARD.values()),
        touched_by=("teams.enlistment", "teams.stage", "orgs.org"),
    )
)
declare(
    Check(
        "R-067",
        "还没有开展创争活动",
        AREA,
        "info",
        "请在参加登记里登记本单位或班组从哪天起参加；暂时开展不了的，认领并写明原因。",
        not_begun,
        LINK,
        act="去看看",
        basis="本级或上级排定的推进阶段",
        touched_by=("teams.enlistment", "teams.stage", "orgs.org"),
    )
)
