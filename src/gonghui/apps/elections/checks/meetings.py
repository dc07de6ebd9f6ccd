"""The checks of members' meetings: so many in a year (ORG-07), and of all who are few (ORG-09)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from gonghui.core.activities.kinds import CONGRESS
from gonghui.core.activities.models import Activity
from gonghui.core.activities.models.activity import OVER
from gonghui.core.history.models import Entry
from gonghui.core.orgs.models import UNIT, Function, Org
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import people_of, units
from gonghui.kit.dates import full_day

from ..models import Election, Meeting
from ..models.election import FINISHED

AREA = "会员代表大会"
LEAST = "meetings_a_year"
FEW = "direct_meeting_below"
Meetings = dict[int, set[date]]


def _held(sight: Sight) -> Meetings:
    """Union → the days its members or delegates met: activities of that kind, and elections.

    A meeting that elected and was held as an activity is one, because its day is the same.
    """
    found: Meetings = defaultdict(set)
    kept = Activity.objects.filter(kind=CONGRESS, state__in=OVER, starts_at__isnull=False)
    for org, at in columns(kept.filter(sight.within()), "org_id", "starts_at"):
        found[org].add(_day(at))
    apart = kept.filter(sight.within("org__parent"), org__function=Function.CONGRESS)
    for org, at in columns(apart, "org__parent_id", "starts_at"):
        found[org].add(_day(at))
    elected = Election.objects.filter(sight.within(), held_on__isnull=False)
    for org, day in columns(elected, "org_id", "held_on"):
        found[org].add(day)
    return found


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _since(sight: Sight) -> dict[int, date]:
    """Union → the day from which there are records of it here: its first entry of the history."""
    asked = sight.unions().filter(kind__in=UNIT).values("pk")
    kind = ContentType.objects.get_for_model(Org)
    first = Entry.objects.filter(content_type=kind, number=1, object_id__in=asked)
    return {pk: _day(at) for pk, at in columns(first, "object_id", "at")}


def _asked(sight: Sight, begin: date) -> Iterator[tuple[int, str, set[date], date]]:
    """The unions whose year can be judged: they stood at its beginning and had records by then.

    Records begin when the union came on record here, or with the first meeting that was entered.
    """
    stood = Q(since=None) | Q(since__lte=begin)
    held, known = sight.once(_held), _since(sight)
    for pk, path in columns(sight.unions().filter(stood, kind__in=UNIT), "pk", "path"):
        days = held.get(pk, set())
        since = min([*days, known.get(pk, sight.day)])
        if since <= begin:
            yield pk, path, days, since


def too_few(sight: Sight) -> Iterable[Hit]:
    """Of the last full year. Where no meeting was ever entered that is said and no more."""
    year = sight.day.year - 1
    for pk, path, days, since in _asked(sight, date(year, 1, 1)):
        value = sight.at(LEAST, path)
        count = sum(day.year == year for day in days)
        if value is None or count >= value.value:
            continue
        if days:
            words = f"{year} 年登记的会员（代表）大会有 {count} 次，少于 {value.words}。"
            yield Hit(pk, words, values=(value,))
        else:
            words = f"{full_day(since)}起有记录，至今没有登记过会员（代表）大会。"
            yield Hit(pk, words, values=(value,), severity="info")


def _by_delegates(sight: Sight) -> dict[int, str]:
    """Union → what of it goes by delegates: a congress that stands, an election under way."""
    begun = Q(since=None) | Q(since__lte=sight.day)
    bodies = Org.objects.filter(begun, sight.within("parent"), until=None)
    found = {
        union: "设有会员代表大会"
        for (union,) in columns(bodies.filter(function=Function.CONGRESS), "parent_id")
    }
    rows = Election.objects.filter(sight.within(), meeting=Meeting.DELEGATES)
    for (union,) in columns(rows.exclude(state__in=FINISHED), "org_id"):
        found[union] = "选举方案拟开会员代表大会"
    return found


def too_few_for_delegates(sight: Sight) -> Iterable[Hit]:
    """Where few are members they meet themselves; of a union with none on its books nothing."""
    people, chosen = people_of(sight), sight.once(_by_delegates)
    for path, union in units(sight).items():
        value, members = sight.at(FEW, path), people[path].members
        if value is not None and 0 < members < value.value and union.pk in chosen:
            words = f"会员 {members} 人，不足 {value.words}，{chosen[union.pk]}。"
            yield Hit(union.pk, words, values=(value,))


declare(
    Check(
        "ORG-09",
        "应当召开会员大会",
        AREA,
        "block",
        "请改开会员大会，撤销会员代表大会或者修改选举方案；会员没有登记全的，请先补登。",
        too_few_for_delegates,
        "orgs.org",
        basis="中国工会章程、基层工会会员代表大会条例：会员不足一百人的，应当召开会员大会",
        needs=(FEW,),
        touched_by=("people.person", "orgs.org", "elections.election"),
    )
)
declare(
    Check(
        "ORG-07",
        "会员（代表）大会开得少",
        AREA,
        "warn",
        "请按期召开会员大会或者会员代表大会；已经开过的，在「活动」里按类别「会员（代表）大会」补记。",
        too_few,
        "orgs.org",
        basis="中国工会章程：基层工会会员大会或者会员代表大会每年至少召开一次",
        needs=(LEAST,),
        touched_by=("activities.activity", "elections.election"),
    )
)
