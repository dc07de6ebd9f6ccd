"""Every indicator, on random records: value, units, months, splits, roll-up and door agree."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.db.models import DateTimeField, Model, Sum
from django.utils import timezone

from gonghui.core.indicators import counting, reading
from gonghui.core.indicators.families import plans
from gonghui.core.indicators.registry import (
    Indicator,
    Ratio,
    Source,
    areas,
    column_of,
    indicators,
    sources,
)
from gonghui.core.indicators.rolling import ancestors, make, make_all, make_first
from gonghui.core.indicators.tables import columns_of
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period
from gonghui.kit.rules import EVERYBODY
from tests.factories import factory_of

TODAY = date(2026, 11, 20)
PERIODS = [
    Period.of_year(2026),
    Period.of_year(2025),
    Period.of_month(2026, 5),
    Period.of_month(2026, 11),
    Period(date(2026, 4, 1), date(2026, 6, 30)),
    Period(date(2026, 3, 10), date(2026, 9, 9)),
]
ROWS = 14  # records of each source
# What a factory's record must say before it counts in its source.
FACTS: dict[str, dict[str, Any]] = {
    "participation.attendances": {"in_at": datetime(2026, 5, 8, 1, tzinfo=UTC)},
    "mentoring.pairs": {
        "state": "running",
        "mentor_agreed_at": datetime(2026, 1, 8, 1, tzinfo=UTC),
    },
    "mentoring.running": {
        "state": "running",
        "mentor_agreed_at": datetime(2026, 1, 8, 1, tzinfo=UTC),
    },
    "mentoring.graduations": {
        "state": "graduated",
        "grade": "passed",
        "ended_on": date(2026, 5, 8),
    },
    "mentoring.lessons": {"confirmed_at": datetime(2026, 5, 8, 1, tzinfo=UTC)},
    "volunteering.service": {"kind": "service"},
}
named = pytest.mark.parametrize("source", list(sources), ids=lambda source: source.code)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-20T10:00:00+08:00", tick=False):
        yield


def owner(row: Any, way: str) -> tuple[Model, str]:
    """The record a way's last column stands in."""
    *steps, name = way.split("__")
    for step in steps:
        row = getattr(row, step)
    return row, name


def put(row: Any, way: str, value: Any) -> None:
    """Write a column past every rule; what a constraint refuses stays as it was."""
    held, name = owner(row, way)
    if held is None:
        return
    try:
        with transaction.atomic():
            type(held)._base_manager.filter(pk=held.pk).update(**{name: value})
    except DatabaseError:
        pass


def some_day(chance: random.Random, model: type[Model], way: str, *, after: date | None = None):
    day = (after or date(2025, 6, 1)) + timedelta(days=chance.randrange(0, 560))
    if isinstance(column_of(model, way), DateTimeField):
        at = datetime.combine(day, time(chance.randrange(24), 59))
        return timezone.make_aware(at)
    return day


def shuffle(row: Any, source: Source, chance: random.Random) -> None:
    """Give a record a random day, and random words wherever it has a choice."""
    model = type(row)
    if source.day:
        put(row, source.day, some_day(chance, model, source.day))
    if source.since:
        put(row, source.since, some_day(chance, model, source.since))
    if source.until and chance.random() < 0.4:
        put(row, source.until, some_day(chance, model, source.until, after=date(2026, 1, 1)))
    ways = {split.column for split in source.splits if split.column}
    ways |= {"state", "kind", "status", "standing"} & {f.name for f in model._meta.fields}
    ways -= set(FACTS.get(source.code, ()))
    for way in sorted(ways):
        choices = [value for value, _ in column_of(model, way).flatchoices or ()]
        if choices:
            put(row, way, chance.choice(choices))


def fill(source: Source, bodies: list[Org], chance: random.Random) -> None:
    """Records of a source in these bodies; the same people and wholes come more than once."""
    model = source.model
    if model is Org:
        for org in bodies[2:]:
            shuffle(org, source, chance)
        return
    for _ in range(ROWS):
        try:
            with transaction.atomic():
                row = factory_of(model)(**FACTS.get(source.code, {}))
        except DatabaseError:
            continue  # one only may stand; the first does
        put(row, source.org, chance.choice(bodies))
        shuffle(row, source, chance)
    people = list(source.rows().values_list(source.person, flat=True)) if source.person else []
    for row in source.rows()[: ROWS // 2]:
        if source.person and people:
            put(row, source.person, chance.choice(people))


def door(one: Indicator, org: Org, period: Period) -> Any:
    """What stands behind a figure, counted row by row."""
    rows = counting.counted_rows(one, org, period)
    if one.kind == "people":
        return len({pk for pk in rows.values_list(one.source.person, flat=True) if pk})
    if one.kind == "sum":
        return sum(rows.values_list(one.sum, flat=True))
    return len(list(rows))


def asked(source: Source, orgs: list[Org]) -> Iterator[tuple[list[Indicator], Org, Period]]:
    own = [one for one in indicators if isinstance(one, Indicator) and one.source is source]
    for org in orgs:
        for period in PERIODS:
            yield own, org, period


@named
def test_value_units_months_splits_and_door_agree(cast, source):
    fill(source, cast.orgs, random.Random(source.code))
    orgs = list(Org.objects.filter(pk__in=[cast.city.pk, cast.company.pk]))

    for own, org, period in asked(source, orgs):
        found = counting.figures(own, org, period)
        below = counting.figures_below(own, org, period)
        for one in own:
            value = found[one.code].value
            assert (value or 0) == door(one, org, period), (one.code, period)
            parts = [numbers[one.code].value or 0 for numbers in below.values()]
            check_parts(one, value, parts)
            for split in counting.splits_of(one):
                slices = counting.split_by(one, split, org, period)
                check_parts(one, value, [each.figure.value or 0 for each in slices])


def check_parts(one: Indicator, value: Any, parts: list[Any]) -> None:
    """Parts make the whole; of people one may stand in several."""
    if one.people:
        assert max(parts, default=0) <= (value or 0) <= sum(parts)
    else:
        assert sum(parts) == (value or 0), one.code


@named
def test_months_are_the_figures_of_their_month(cast, source):
    fill(source, cast.orgs, random.Random(source.code))
    org = Org.objects.get(pk=cast.company.pk)
    own = [one for one in indicators if isinstance(one, Indicator) and one.source is source]

    for one in own:
        for point in counting.series(one, org, TODAY):
            said = counting.figures([one], org, point.month)[one.code]
            assert point.figure == said, (one.code, point.month)


@named
def test_a_slices_records_are_what_it_counts(cast, source):
    fill(source, cast.orgs, random.Random(source.code))
    org, year = Org.objects.get(pk=cast.company.pk), Period.of_year(2026)
    own = [one for one in indicators if isinstance(one, Indicator) and one.source is source]
    everybody = Everything()

    for one in own:
        for split in counting.splits_of(one):
            for each in counting.split_by(one, split, org, year):
                rows = counting.records(
                    one, org, year, everybody, split=split, value=spelled(each.value)
                )
                if one.kind == "count":
                    assert len(list(rows)) == (each.figure.value or 0), (one.code, split.code)
                elif one.kind == "sum":
                    whole = rows.aggregate(all=Sum(one.sum))["all"]
                    assert (whole or 0) == (each.figure.value or 0), (one.code, split.code)


class Everything:
    """An actor no rule holds back: reach is the whole tree, and they are nobody in person."""

    person = None

    def reach(self, capability: str, *, field: str = "org") -> Any:
        return EVERYBODY

    def can(self, capability: str, *, at: Org | None = None) -> bool:
        return True

    posts: dict[int, str] = {}


def spelled(value: Any) -> str:
    """As an address has it."""
    return str(value)


@named
def test_what_is_kept_is_what_the_records_say(cast, source, monkeypatch):
    monkeypatch.setattr(reading, "LARGE", 0)
    fill(source, cast.orgs, random.Random(source.code))
    with ancestors():
        make_first(source)
        for plan in plans():
            if plan.source is source:
                make(plan)
    orgs = list(Org.objects.filter(pk__in=[cast.city.pk, cast.company.pk, cast.branch.pk]))

    for own, org, period in asked(source, orgs):
        kept, missing, _ = reading._kept(own, [org], period)
        said = counting.figures(own, org, period)
        for one in own:
            if one not in missing:
                assert kept[org.pk][one.code] == said[one.code].value, (one.code, period)


@named
def test_differences_lead_where_a_making_anew_leads(cast, source, monkeypatch):
    monkeypatch.setattr(reading, "LARGE", 0)
    chance = random.Random(source.code)
    mine = [plan for plan in plans() if plan.source is source]
    with ancestors():
        for plan in mine:
            make(plan)
        fill(source, cast.orgs, chance)
        make_first(source)
        for plan in mine:
            make(plan, [org.pk for org in Org.objects.all()])
    org, year = Org.objects.get(pk=cast.city.pk), Period.of_year(2026)
    own = [one for one in indicators if isinstance(one, Indicator) and one.source is source]

    kept, missing, _ = reading._kept(own, [org], year)

    said = counting.figures(own, org, year)
    for one in own:
        if one not in missing:
            assert kept[org.pk][one.code] == said[one.code].value, one.code


@named
def test_a_source_has_records_a_table_and_a_follower(cast, source):
    fill(source, cast.orgs, random.Random(source.code))

    rows = list(source.rows()[:3])

    assert rows, "its factory makes nothing that counts"
    columns = columns_of(source)
    assert len(columns) >= 2
    for row in rows:
        for label, value in columns:
            assert label
            value(row)
    for label in source.follows:
        assert counting.model_of(label)


def test_every_indicator_says_what_it_is():
    for one in indicators:
        assert one.title
        assert one.about.endswith("。"), one.code
        assert one.area in areas
        assert one.code.count(".") == 1


def test_every_number_below_a_percentage_is_of_the_same_unit():
    for one in indicators:
        if isinstance(one, Ratio) and one.unit == "%":
            assert indicators[one.over].unit == indicators[one.under].unit


def test_everything_can_be_made_at_once(cast):
    assert make_all() >= 0
