"""Checks of committees: there or not, of the right size, women's, audit, and who sits in both."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q

from gonghui.core.orgs.models import UNIT, Function, Org
from gonghui.core.people.models import CHAIR, Post, Sex
from gonghui.core.people.posts import union_of_post
from gonghui.core.regulations.standards import Value
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import committee_posts, committee_sizes, people_of, units
from gonghui.kit.dates import full_day
from gonghui.kit.law import band_of

AREA = "主席和委员"
LINK = "orgs.org"
TOUCHED = ("people.post", "orgs.org")
OF_WOMEN = r"女职?工"  # 女职工委员、女工委员、女工主任


def missing(sight: Sight) -> Iterable[Hit]:
    """A unit with members enough and nobody in its committee."""
    people, sizes = people_of(sight), committee_sizes(sight)
    for path, union in units(sight).items():
        value, members = sight.at("committee_min_members", path), people[path].members
        if value is not None and members >= value.value and not sizes.get(union.pk):
            words = f"有会员 {members} 人，没有登记工会委员会的委员。"
            yield Hit(union.pk, words, values=(value,))


def size(sight: Sight) -> Iterable[Hit]:
    """Fewer or more in the committee than the table says for so many members."""
    people, sizes = people_of(sight), committee_sizes(sight)
    for path, union in units(sight).items():
        value, count = sight.at("committee_sizes", path), sizes.get(union.pk)
        members = people[path].members
        band = band_of(value.value, members) if value is not None and members else None
        if band is None or not count or band.low <= count <= band.high:
            continue
        few = "少于" if count < band.low else "多于"
        limit = band.low if count < band.low else band.high
        words = f"会员 {members} 人，委员会有 {count} 人，{few}规定的 {limit} 人。"
        # One person alone may be the organiser of a very small union.
        if count == 1 and band.least == 0:
            continue
        yield Hit(union.pk, words, values=(value,))


def _bodies(sight: Sight, function: Function) -> set[int]:
    """The unions with a body of this function that stands on the day."""
    begun = Q(since=None) | Q(since__lte=sight.day)
    rows = Org.objects.filter(begun, sight.within("parent"), function=function, until=None)
    return {parent for (parent,) in columns(rows, "parent_id")}


def _unled_women(sight: Sight) -> list[tuple[int, int, Value, Value]]:
    """Unions without a women's committee: how many women count there, and by which values."""
    found = []
    people, there = people_of(sight), _bodies(sight, Function.WOMEN)
    for path, union in units(sight).items():
        least = sight.at("women_committee_min", path)
        basis = sight.at("women_committee_basis", path)
        if least is None or basis is None or union.pk in there:
            continue
        by_workers = basis.value == "female_workers"
        count = people[path].women if by_workers else people[path].women_members
        found.append((union.pk, count, least, basis))
    return found


def women_missing(sight: Sight) -> Iterable[Hit]:
    for union, count, least, basis in sight.once(_unled_women):
        if count >= least.value:
            words = f"有{basis.words} {count} 人，还没有建立女职工委员会。"
            yield Hit(union, words, values=(least, basis))


def women_unspoken(sight: Sight) -> Iterable[Hit]:
    """Fewer women than a committee takes, and nobody in the union's committee for them.

    A union that has no committee at all is told so by another check.
    """
    posts = Post.objects.filter(committee_posts(sight), title__regex=OF_WOMEN)
    speaks = {union for (union,) in columns(posts.annotate(union=union_of_post()), "union")}
    sizes = committee_sizes(sight)
    for union, count, least, basis in sight.once(_unled_women):
        if 0 < count < least.value and sizes.get(union) and union not in speaks:
            words = f"有{basis.words} {count} 人，委员会里没有女职工委员。"
            yield Hit(union, words, values=(least, basis))


def women_late(sight: Sight) -> Iterable[Hit]:
    """Founded long after the union, where both days are known."""
    rows = Org.objects.filter(sight.within("parent"), function=Function.WOMEN, until=None)
    rows = rows.filter(since__isnull=False, parent__since__isnull=False, parent__kind__in=UNIT)
    for org, path, since, founded in columns(
        rows, "parent_id", "parent__path", "since", "parent__since"
    ):
        value = sight.at("women_committee_gap_days", path)
        if value is not None and since > founded + timedelta(days=value.value):
            words = f"工会 {full_day(founded)}成立，女职工委员会 {full_day(since)}才建立。"
            yield Hit(org, words, values=(value,))


def audit_missing(sight: Sight) -> Iterable[Hit]:
    """Only of unions known to keep accounts of their own."""
    there = _bodies(sight, Function.AUDIT)
    rows = sight.unions().filter(kind__in=UNIT, record__own_accounts=True)
    for (org,) in columns(rows, "pk"):
        if org not in there:
            yield Hit(org, "建立了一级财务管理，还没有经费审查委员会。")


def _held(sight: Sight) -> Q:
    return Q(since__lte=sight.day) & (Q(until=None) | Q(until__gte=sight.day))


def chair_audits(sight: Sight) -> Iterable[Hit]:
    """A chair who sits in the audit committee of the same union."""
    rows = Post.objects.filter(committee_posts(sight), title=CHAIR).order_by()
    chairs = set(columns(rows.annotate(union=union_of_post()), "union", "person_id"))
    auditors = Post.objects.filter(_held(sight), sight.within("org__parent"))
    auditors = auditors.filter(org__function=Function.AUDIT, org__until=None).order_by()
    for union, person, name in columns(auditors, "org__parent_id", "person_id", "person__name"):
        if (union, person) in chairs:
            yield Hit(union, f"主席{name}同时在本会的经费审查委员会任职。", part=str(person))


def women_led(sight: Sight) -> Iterable[Hit]:
    """Where a woman is chair or vice-chair, another leads the women's committee."""
    rows = Post.objects.filter(committee_posts(sight), person__sex=Sex.FEMALE)
    rows = rows.filter(title__in=(CHAIR, "副主席")).annotate(union=union_of_post()).order_by()
    leaders: dict[int, set[Any]] = {}
    for union, person in columns(rows, "union", "person_id"):
        leaders.setdefault(union, set()).add(person)
    heads = Post.objects.filter(_held(sight), sight.within("org__parent"), title="主任")
    heads = heads.filter(org__function=Function.WOMEN, org__until=None).order_by()
    for union, person, name in columns(heads, "org__parent_id", "person_id", "person__name"):
        if leaders.get(union) and person not in leaders[union]:
            words = f"本会有女主席或女副主席，女职工委员会主任由{name}担任。"
            yield Hit(union, words)


for _check in (
    Check(
        "ORG-01",
        "没有工会委员会",
        AREA,
        "warn",
        "请选举产生工会委员会并登记委员；委员已经在任的，请补登任职。",
        missing,
        LINK,
        basis="工会法第十一条：会员二十五人以上的，应当建立基层工会委员会",
        needs=("committee_min_members",),
        touched_by=(*TOUCHED, "people.person"),
    ),
    Check(
        "ORG-01B",
        "委员人数不合规定",
        AREA,
        "warn",
        "请核对委员名单；确实缺额或者超额的，在下次换届或者补选时调整。",
        size,
        LINK,
        needs=("committee_sizes",),
        touched_by=(*TOUCHED, "people.person"),
    ),
    Check(
        "ORG-14",
        "没有女职工委员会",
        AREA,
        "warn",
        "请建立女职工委员会并登记委员；已经建立的，请在组织里补登。",
        women_missing,
        LINK,
        basis="工会法第十一条：女职工人数较多的，可以建立工会女职工委员会",
        needs=("women_committee_min", "women_committee_basis"),
        touched_by=(*TOUCHED, "people.person"),
    ),
    Check(
        "ORG-14B",
        "没有女职工委员",
        AREA,
        "info",
        "请在工会委员会里明确一名女职工委员，并在她的任职里写明；已有别的安排的可以认领并写明原因。",
        women_unspoken,
        LINK,
        basis="工会法第十一条：女职工人数较少的，可以在工会委员会设女职工委员",
        needs=("women_committee_min", "women_committee_basis"),
        touched_by=(*TOUCHED, "people.person"),
    ),
    Check(
        "ORG-15",
        "女职工委员会晚于工会建立",
        AREA,
        "info",
        "女职工委员会与工会委员会同时建立；请核对两个成立日期，登记错了就改正。",
        women_late,
        LINK,
        basis="中国工会章程：女职工委员会与工会委员会同时建立",
        needs=("women_committee_gap_days",),
        touched_by=("orgs.org",),
    ),
    Check(
        "ORG-16",
        "没有经费审查委员会",
        AREA,
        "warn",
        "请由会员（代表）大会选举经费审查委员会，与工会委员会同期任职。",
        audit_missing,
        LINK,
        basis="工会法第四十五条：各级工会建立经费审查委员会",
        touched_by=("orgs.org", "orgs.unionrecord"),
    ),
    Check(
        "ELE-12",
        "主席兼任经费审查委员",
        AREA,
        "block",
        "经费审查委员不得由本级工会主席、分管财务和资产的副主席、财务和资产管理人员担任；请调整其中一个职务。",
        chair_audits,
        LINK,
        basis="工会基层组织选举工作条例第三十七条（待核实）",
        touched_by=TOUCHED,
    ),
    Check(
        "ELE-13",
        "女职工委员会主任不是女主席或女副主席",
        AREA,
        "info",
        "女职工委员会主任由女主席或者女副主席担任，没有的按相应条件配备；有别的安排的可以认领并写明原因。",
        women_led,
        LINK,
        basis="工会基层组织选举工作条例（待核实）",
        touched_by=TOUCHED,
    ),
):
    declare(_check)
