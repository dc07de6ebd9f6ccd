"""Facts several checks ask of every union at once: its unit, members, workers and committee."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Max, OuterRef, Q, Subquery

from gonghui.core.orgs.models import STEP, UNIT, UPPER, Function, Headcount, Org
from gonghui.core.people.models import Membership, Post, Sex, Standing
from gonghui.core.people.posts import union_of_post

from .checking import Hit, Sight

COMMITTEE_TITLE = r"(主席|委员|主任)$"  # the posts that make a union's own committee
OF_ANOTHER = (
    r"经审|经费审查"  # the auditors are a committee of their own, wherever they are written
)


@dataclass(frozen=True, slots=True)
class Union:
    """A union in sight, as far as checks need to know it."""

    pk: int
    path: str
    kind: str


@dataclass(slots=True)
class People:
    """The people on a unit's books: members and all, women of each."""

    members: int = 0
    women_members: int = 0
    workers: int = 0
    women: int = 0


def units(sight: Sight) -> dict[str, Union]:
    """Path → the grassroots unions in sight."""
    return {path: one for path, one in unions(sight).items() if one.kind in UNIT}


def unions(sight: Sight) -> dict[str, Union]:
    """Path → the unions in sight that have a term of their own: units and upper unions."""
    return sight.once(_unions)


def _unions(sight: Sight) -> dict[str, Union]:
    rows = sight.unions().filter(kind__in=UNIT | UPPER)
    return {
        path: Union(pk, path, kind) for pk, path, kind in rows.values_list("pk", "path", "kind")
    }


def unit_of(path: str, known: Iterable[str]) -> str:
    """The nearest of these paths from a path upward; empty where there is none."""
    for end in range(len(path), 0, -STEP):
        if path[:end] in known:
            return path[:end]
    return ""


def people_of(sight: Sight) -> dict[str, People]:
    """Path of a unit → the people on its books on the day; one query, added up along the paths."""
    return sight.once(_people)


def _people(sight: Sight) -> dict[str, People]:
    found = units(sight)
    homes = unit_of_body(sight)
    people = {path: People() for path in found}
    rows = Membership.objects.on(sight.day).filter(sight.below())
    rows = rows.exclude(standing=Standing.RETAINED).order_by()
    # By the body alone, which the index brings in order: no row is sorted.
    woman, member = Q(person__sex=Sex.FEMALE), Q(standing=Standing.MEMBER)
    grouped = rows.values("org_id").annotate(
        workers=Count("pk"),
        women=Count("pk", filter=woman),
        members=Count("pk", filter=member),
        women_members=Count("pk", filter=woman & member),
    )
    for org, workers, women, members, women_members in grouped.values_list(
        "org_id", "workers", "women", "members", "women_members"
    ):
        unit = people.get(homes.get(org, ""))
        if unit is not None:
            unit.workers += workers
            unit.women += women
            unit.members += members
            unit.women_members += women_members
    return people


Rates = list[tuple[Fraction, str]]  # with the path of the unit


def uneven(
    sight: Sight, shares: Mapping[str, tuple[int, int]], key: str, what: str
) -> Iterable[Hit]:
    """Upper unions whose units lie further apart than the standard ``key`` allows (R-451).

    ``shares`` is a part and its whole by the path of a unit; a unit of nobody is left out.
    """
    known, found = unions(sight), []
    for path, rates in _ranked(sight, shares).items():
        value, low, high = sight.at(key, path), rates[0], rates[-1]
        if value is not None and 100 * (high[0] - low[0]) > value.value:
            found.append((known[path].pk, rates, value))
    ends = {rates[end][1] for _, rates, _ in found for end in (0, -1)}
    names = {one.path: str(one) for one in Org.objects.filter(path__in=ends).order_by()}
    for union, rates, value in found:
        low, high = rates[0], rates[-1]
        words = (
            f"下属 {len(rates)} 个单位{what}：最高的{names[high[1]]} {_percent(high[0])}，"
            f"中位数 {_percent(_middle(rates))}，最低的{names[low[1]]} {_percent(low[0])}，"
            f"相差超过 {value.words}。"
        )
        yield Hit(union, words, values=(value,))


def _ranked(sight: Sight, shares: Mapping[str, tuple[int, int]]) -> dict[str, Rates]:
    """Path of an upper union → the rates of all units below it, the lowest first."""
    known, found = units(sight), defaultdict[str, Rates](list)
    upper = {path for path, one in unions(sight).items() if one.kind in UPPER}
    for path, (part, whole) in shares.items():
        if path in known and whole:
            for end in range(STEP, len(path), STEP):
                if path[:end] in upper:
                    found[path[:end]].append((Fraction(part, whole), path))
    return {path: sorted(rates) for path, rates in found.items()}


def _middle(rates: Rates) -> Fraction:
    return (rates[(len(rates) - 1) // 2][0] + rates[len(rates) // 2][0]) / 2


def _percent(rate: Fraction) -> str:
    return f"{float(rate) * 100:.1f}%"


def unit_of_body(sight: Sight) -> dict[int, str]:
    """Body → the path of its unit, of every body in or below the unions in sight."""
    return sight.once(_homes)


def _homes(sight: Sight) -> dict[int, str]:
    known = units(sight)
    rows = Org.objects.filter(sight.below("")).order_by().values_list("pk", "path")
    return {pk: unit_of(path, known) for pk, path in rows}


def reported_workers(sight: Sight) -> dict[int, int]:
    """Body → the workers it last reported, on or before the day."""
    return sight.once(_reported)


def _reported(sight: Sight) -> dict[int, int]:
    known = Headcount.objects.filter(sight.within(), day__lte=sight.day).order_by()
    last = Headcount.objects.filter(org=OuterRef("org"), day__lte=sight.day).order_by()
    newest = last.values("org").annotate(newest=Max("day")).values("newest")
    return dict(known.filter(day=Subquery(newest)).values_list("org_id", "workers"))


def committee_posts(sight: Sight) -> Q:
    """The condition on posts held in a union's own committee, wherever it is kept."""
    held = Q(since__lte=sight.day) & (Q(until=None) | Q(until__gte=sight.day))
    return held & seated(sight)


def seated(sight: Sight) -> Q:
    """The condition that a post is or was one of a union's own committee."""
    at_union = Q(org__kind__in=UNIT | UPPER) & sight.within("org")
    apart = Q(org__function=Function.UNION, org__until=None) & sight.within("org__parent")
    return at_union | apart


def committee_sizes(sight: Sight) -> dict[int, int]:
    """Union → how many people hold a post of its committee on the day."""
    return sight.once(_sizes)


def _sizes(sight: Sight) -> dict[int, int]:
    posts = Post.objects.filter(committee_posts(sight), title__regex=COMMITTEE_TITLE)
    posts = posts.exclude(title__regex=OF_ANOTHER)
    rows = posts.annotate(union=union_of_post()).order_by().values("union")
    return dict(rows.annotate(n=Count("person", distinct=True)).values_list("union", "n"))
