"""Checks of unions themselves: not approved, not founded yet, posts of those who have left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, F, Q, When
from django.db.models.functions import Length, Substr

from gonghui.core.orgs.models import BODIES, STEP, UNIT, UPPER, Org
from gonghui.core.people.models import Post
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import unit_of

from ..models import Prospect
from ..models.prospects import ProspectState

AREA = "组织"
LINK = "orgs.org"
NAMED = 3


def not_approved(sight: Sight) -> Iterable[Hit]:
    rows = sight.unions().filter(kind__in=UNIT)
    rows = rows.filter(Q(record=None) | Q(record__approval="") | Q(record__approved_on=None))
    for (org,) in columns(rows, "pk"):
        yield Hit(org, "没有登记建会批复的文号或日期。")


def without_union(sight: Sight) -> Iterable[Hit]:
    """Units in the care of a union; with workers enough for a committee it presses."""
    for prospect in Prospect.objects.open().filter(sight.within()).select_related("org").order_by():
        value = sight.at("committee_min_members", prospect.org.path)
        count = "" if prospect.workers is None else f"有职工 {prospect.workers} 人，"
        words = f"{prospect.unit}{count}还没有建立工会，现在{_state(prospect)}。"
        presses = value is not None and (prospect.workers or 0) >= value.value
        severity = "warn" if presses else "info"
        yield Hit(prospect.org_id, words, prospect.pk, "", (value,), severity)


def _state(prospect: Prospect) -> str:
    return str(ProspectState(prospect.state).label)


@dataclass
class Stale:
    """A body with people in it who have left the unit."""

    path: str
    name: str
    gone: list[str] = field(default_factory=list)


def stale(sight: Sight) -> Iterable[Hit]:
    """Posts still held by people who left, were merged away, or belong to another unit now."""
    bodies = _stale_bodies(sight)
    paths = {
        body.path[:end] for body in bodies.values() for end in range(STEP, len(body.path) + 1, STEP)
    }
    rows = Org.objects.filter(path__in=paths, kind__in=UNIT | UPPER).order_by()
    unions = dict(rows.values_list("path", "pk"))
    for pk, body in bodies.items():
        union = unions.get(unit_of(body.path, unions))
        if union is not None:
            names = "、".join(sorted(set(body.gone))[:NAMED])
            count = len(set(body.gone))
            more = f"等 {count} 人" if count > NAMED else ""
            words = f"{body.name}里，{names}{more}已经离开本单位，任职还没有结束。"
            yield Hit(union, words, pk)


def _stale_bodies(sight: Sight) -> dict[int, Stale]:
    """Candidates are found in the database; which unit somebody belongs to is told by paths."""
    held = Q(since__lte=sight.day) & (Q(until=None) | Q(until__gte=sight.day))
    base = Case(When(org__kind__in=BODIES, then=F("org__parent__path")), default=F("org__path"))
    left = Q(person__left_on__lte=sight.day) | Q(person__merged_into__isnull=False)
    rows = Post.objects.filter(held, sight.below(), org__until=None).annotate(base=base)
    rows = rows.annotate(own=Substr("person__org__path", 1, Length("base")))
    gone: dict[int, Stale] = {}
    candidates = columns(
        rows.filter(left | ~Q(own=F("base"))),
        "org_id", "org__path", "org__name", "person__name", "base", "person__org__path",
        "person__left_on", "person__merged_into",
    )  # fmt: skip
    units = _units_of({row[4] for row in candidates})
    for org, path, body, name, where, home, left_on, merged in candidates:
        unit = unit_of(where, units)
        is_gone = (left_on and left_on <= sight.day) or merged
        # Upper unions and those led twice seat people of other units; that is as it should be.
        if is_gone or (unit and not home.startswith(unit)):
            gone.setdefault(org, Stale(path, body)).gone.append(name)
    return gone


def _units_of(paths: set[str]) -> set[str]:
    above = {path[:end] for path in paths for end in range(STEP, len(path) + 1, STEP)}
    rows = Org.objects.filter(path__in=above, kind__in=UNIT).order_by()
    return set(rows.values_list("path", flat=True))


for _check in (
    Check(
        "ORG-02",
        "没有建会批复",
        AREA,
        "info",
        "建立工会要报上一级工会批准；请补登批复文号和日期，找不到的请与上一级工会核对。",
        not_approved,
        LINK,
        basis="工会法第十二条：建立工会组织必须报上一级工会批准",
        touched_by=("orgs.org", "orgs.unionrecord"),
    ),
    Check(
        "R-452",
        "单位还没有建立工会",
        AREA,
        "warn",
        "请上门了解情况、指导筹建；已经批准建会的，在未建会单位里办理建会。",
        without_union,
        "organisation.prospect",
        basis="对尚未组建工会的单位加大建会力度",
        uses=("committee_min_members",),
        touched_by=("organisation.prospect",),
    ),
    Check(
        "R-457",
        "人员变动后没有更新",
        AREA,
        "warn",
        "请结束已经离开的人的任职，需要的补选或者补充成员。",
        stale,
        LINK,
        basis="人员变动后及时调整各委员会、小组和协会",
        touched_by=("people.post", "people.person"),
    ),
):
    declare(_check)
