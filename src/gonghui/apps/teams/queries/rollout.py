"""The roll-out by unit: how many teams take part, by the stage of the year, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count as Counted
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gonghui.core.orgs.models import SMALL, STEP, UNIT, UPPER, WITHIN, Org, subtree
from gonghui.core.people.models import Post
from gonghui.core.people.models.post import Duty
from gonghui.core.regulations.standards import Value, values_of

from ..engine.shares import Count, fell, lacking, lacking_to_hold, reaches
from ..models import Enlistment, Stage, Test

STANDARD = {Test.FIRST.value: "team_share_first", Test.SECOND.value: "team_share_second"}
DUTY_KINDS = ("leading_group", "committee")


@dataclass(frozen=True)
class Verdict:
    """How a unit stands in a stage: None where nobody can say; ``words`` says it, and by what."""

    passes: bool | None
    words: str
    least: Value | None = None
    missing: int = 0


@dataclass
class Unit:
    """A unit of the roll-out with its teams, its verdicts and who answers for it."""

    org: Org
    now: Count = field(default_factory=Count)
    before: Count = field(default_factory=Count)
    verdict: Verdict | None = None
    next_words: str = ""
    first: list[str] = field(default_factory=list)
    specific: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Rollout:
    """The roll-out in a body: the stage of the year, the one after it, and every unit."""

    stage: Stage | None
    following: Stage | None
    stages: list[Stage]
    units: list[Unit]
    total: Count
    compared_on: date
    required: str = ""

    @property
    def not_taking(self) -> int:
        return self.total.total - self.total.taking

    @property
    def teams_words(self) -> str:
        return f"{self.total.total} 个班组"

    @property
    def judged(self) -> list[Unit]:
        return [one for one in self.units if one.verdict and one.verdict.passes is not None]

    @property
    def short(self) -> list[Unit]:
        return [one for one in self.judged if one.verdict and not one.verdict.passes]


def teams_on(day: date) -> QuerySet[Org]:
    """The teams, year groups and sections that stand on a day."""
    return Org.objects.active(day).filter(kind__in=SMALL).order_by()


def taking_part(day: date) -> Exists:
    """The condition that the body of a row takes part on a day."""
    return Exists(Enlistment.objects.held(day).filter(org=OuterRef("pk")))


def counts_by_unit(
    day: date, known: Iterable[str], within: Q | None = None, column: str = "parent__path"
) -> dict[str, Count]:
    """Path of a unit → its teams and those that take part on a day; one query, whatever the size.

    The database counts by the body a team stands in; these few are added up along the paths.
    Where a team itself is looked at, its own path is the ``column``.
    """
    paths = frozenset(known)
    rows = teams_on(day).filter(within or Q()).values(column)
    sums = rows.annotate(teams=Counted("pk"), taking=Counted("pk", filter=taking_part(day)))
    found: dict[str, Count] = defaultdict(Count)
    for path, teams, taking in sums.values_list(column, "teams", "taking"):
        if unit := nearest(path or "", paths):
            found[unit] += Count(teams, taking)
    return found


def nearest(path: str, known: frozenset[str]) -> str:
    """The nearest of these paths from a path upward; empty where there is none."""
    ends = range(len(path), 0, -STEP)
    return next((path[:end] for end in ends if path[:end] in known), "")


def units_of(org: Org, day: date) -> list[Org]:
    """Whose shares are compared: of an upper union its units, of a unit its branches and itself."""
    kinds = UNIT if org.kind in UPPER else WITHIN
    inside = Org.objects.active(day).filter(subtree(org.path), kind__in=kinds)
    found = list(inside.order_by("path"))
    return found if org.kind in UPPER or org in found else [org, *found]


def stages_of(org: Org) -> list[Stage]:
    """The stages that hold for a body: its own, or those of the nearest body above with any."""
    rows = Stage.objects.filter(org__path__in=org.ancestor_paths()).select_related("org")
    found = sorted(rows, key=lambda one: (-len(one.org.path), one.first_year))
    return [one for one in found if one.org_id == found[0].org_id]


def stage_in(stages: Iterable[Stage], year: int) -> Stage | None:
    return next((one for one in stages if one.holds(year)), None)


def judge(stage: Stage, now: Count, before: Count, values: dict[str, Value | None]) -> Verdict:
    """Whether a unit passes a stage's test, and in words what is missing."""
    if not now.total:
        return Verdict(None, "没有班组，不判断")
    if stage.test == Test.STEADY:
        return _steady(now, before)
    least = values.get(STANDARD[stage.test])
    if least is None:
        return Verdict(None, "没有规定比例，不判断")
    if reaches(now, least.value):
        return Verdict(True, f"已达 {least.words}", least)
    missing = lacking(now, least.value)
    return Verdict(False, f"还差 {missing} 个班组到 {least.words}", least, missing)


def required_words(stage: Stage, values: dict[str, Value | None]) -> str:
    """What a stage asks of every unit, with the figure that holds at a body."""
    if stage.test == Test.STEADY:
        return "参加的班组比例不下降"
    least = values.get(STANDARD[stage.test])
    return f"{least.words} 以上的班组参加" if least else "没有规定比例"


def _steady(now: Count, before: Count) -> Verdict:
    down = fell(before, now)
    if down is None:
        return Verdict(None, "没有可比的数，不判断")
    if not down:
        return Verdict(True, f"没有下降（原 {before.words}）")
    missing = lacking_to_hold(before, now)
    return Verdict(False, f"比原来的 {before.words} 下降，还差 {missing} 个班组", None, missing)


def rollout_of(org: Org, day: date) -> Rollout:
    """The whole page of a body in a fixed number of queries."""
    stages = stages_of(org)
    stage = stage_in(stages, day.year)
    following = next((one for one in stages if one.first_year > day.year), None)
    earlier = date(day.year - 1, 12, 31)
    units = {one.path: Unit(one) for one in units_of(org, day)}
    within = subtree(org.path)
    values = values_of(STANDARD.values(), day=day)
    column = "path" if org.kind in SMALL else "parent__path"
    now = counts_by_unit(day, units, within, column)
    before = counts_by_unit(earlier, units, within, column)
    for path, unit in units.items():
        unit.now, unit.before = now.get(path, Count()), before.get(path, Count())
        here = {key: one.at(path) for key, one in values.items()}
        if stage:
            unit.verdict = judge(stage, unit.now, unit.before, here)
        if following and following.test != Test.STEADY:
            ahead = judge(following, unit.now, unit.before, here)
            unit.next_words = f"离“{following.name}”{ahead.words}" if ahead.missing else ""
    _answer_for(units, within, day)
    shown = [one for one in units.values() if one.now.total or one.org != org]
    total = sum((one.now for one in shown), Count())
    shown = [] if org.kind in SMALL else shown  # a team is no unit and has no share
    own = {key: one.at(org.path) for key, one in values.items()}
    required = required_words(stage, own) if stage else ""
    return Rollout(stage, following, stages, shown, total, earlier, required)


def _answer_for(units: dict[str, Unit], within: Q, day: date) -> None:
    """The first and the specifically responsible, at the unit or at a group right below (R-066)."""
    inside = Q(**{f"org__{name}": value for name, value in within.children})  # type: ignore[misc]  # a range of paths
    posts = Post.objects.held(day).filter(inside).exclude(duty="")
    known = frozenset(units)
    for post in posts.select_related("person", "org").order_by("org__path", "pk"):
        path = post.org.path[:-STEP] if post.org.kind in DUTY_KINDS else post.org.path
        if path not in known:
            continue
        words = f"{post.person}（{post.title}）"
        (units[path].first if post.duty == Duty.FIRST else units[path].specific).append(words)


def register(rows: QuerySet[Org], day: date) -> QuerySet[Any]:
    """Bodies with since when each takes part; empty where it does not."""
    held = Enlistment.objects.held(day).filter(org=OuterRef("pk")).order_by()
    return rows.annotate(
        taking_since=Subquery(held.values("since")[:1]),
        enlistment=Subquery(held.values("pk")[:1]),
    )


def taking_since(org: Org, day: date) -> date | None:
    """Since when a body takes part; None where it does not."""
    return Enlistment.objects.held(day).filter(org=org).values_list("since", flat=True).first()


def week_of(day: date) -> tuple[date, date]:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
