"""Every indicator, on random records: value, units, months, splits, roll-up and door agree.

Hypothesis draws the records' days, words and bodies and the days asked for; it draws few, for
every indicator there is comes to its turn.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.db.models import DateTimeField, Model, Q, QuerySet
from django.utils import timezone
from factory import SubFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.core.indicators import counting, reading
from gonghui.core.indicators.families import plans
from gonghui.core.indicators.personal import fits_person, person_figures, person_rows
from gonghui.core.indicators.registry import (
    Indicator,
    Ratio,
    Source,
    all_parts,
    areas,
    column_of,
    counted,
    indicators,
    sources,
)
from gonghui.core.indicators.rolling import follow, make, make_all, make_first
from gonghui.core.indicators.tables import columns_of
from gonghui.core.indicators.working import ancestors
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.dates import Period
from gonghui.kit.rules import EVERYBODY
from tests.factories import factory_of
from tests.factories.organisation import PersonFactory

TODAY = date(2026, 11, 20)
PERIODS = [
    Period.of_year(2026),
    Period.of_year(2025),
    Period.of_month(2026, 5),
    Period.of_month(2026, 11),
    Period(date(2026, 4, 1), date(2026, 6, 30)),
    Period(date(2026, 3, 10), date(2026, 9, 9)),
]
ROWS = 12  # records of each source
EXAMPLES = 3  # of each source
DEEDS = 8  # of the people in them, where an indicator asks for any
MONTHS = 2  # of a series that are counted again
# What a factory's record must say before it counts in its source.
FACTS: dict[str, dict[str, Any]] = {
    "participation.attendances": {"in_at": datetime(2026, 5, 8, 1, tzinfo=UTC)},
    "mentoring.pairs": {
        "state": "running",
        "mentor_agreed_at": datetime(2026, 1, 8, 1, tzinfo=UTC),
    },
    "mentoring.taught": {
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
    "site.achieved": {"kind": "award"},
    "membership.handed_over": {"state": "accepted", "accepted_on": date(2026, 5, 8)},
    "care.closed": {"until": date(2026, 5, 8), "ending": "overcome"},
    "titles.people": {"person": SubFactory(PersonFactory)},
    "goals.steps": {"goal__person": SubFactory(PersonFactory), "goal__state": "standing"},
}
named = pytest.mark.parametrize("source", list(sources), ids=lambda source: source.code)
chances = st.randoms(use_true_random=False)
days = st.dates(date(2025, 3, 1), date(2027, 1, 31))
own_days = st.tuples(days, days).map(lambda ends: Period(min(ends), max(ends)))
periods = st.sampled_from(PERIODS) | own_days
few = settings(
    max_examples=EXAMPLES,
)


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
    scatter(source, made_of(source, bodies), bodies, chance)


def made_of(source: Source, bodies: list[Org]) -> list[Any]:
    """Records as the factory makes them."""
    if source.model is Org:
        return bodies[2:]
    found = []
    for _ in range(ROWS):
        try:
            with transaction.atomic():
                found.append(factory_of(source.model)(**FACTS.get(source.code, {})))
        except DatabaseError:
            continue  # one only may stand; the first does
    return found


def scatter(source: Source, rows: list[Any], bodies: list[Org], chance: random.Random) -> None:
    """Put records into bodies, on days and under words by chance; people come twice."""
    for row in rows:
        if source.model is not Org:
            put(row, source.org, chance.choice(bodies))
        shuffle(row, source, chance)
    for one in doing(source):
        act(one, chance)
    if source.person and source.model is not Org:
        people = list(source.rows().values_list(source.person, flat=True))
        for row in source.rows()[: ROWS // 2]:
            put(row, source.person, chance.choice(people))


def doing(source: Source) -> list[Indicator]:
    """Its indicators that ask what people did."""
    return [
        one for one in indicators if isinstance(one, Indicator) and one.did and one.source is source
    ]


def act(one: Indicator, chance: random.Random) -> None:
    """Let people of its rows do something, on days by chance."""
    people = list(one.source.rows().values_list(one.source.person, flat=True))
    model = one.did.rows().model
    facts = next(FACTS.get(each.code, {}) for each in sources if each.model is model)
    for _ in range(DEEDS):
        deed = factory_of(model)(**facts)
        put(deed, one.did.person, chance.choice(people))
        put(deed, one.did.day, some_day(chance, model, one.did.day))


@contextmanager
def undone() -> Iterator[None]:
    """What happens in it leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def door(one: Indicator, org: Org, period: Period) -> Any:
    """What stands behind a figure, counted row by row."""
    return behind(one, counting.counted_rows(one, org, period))


def behind(one: Indicator, rows: QuerySet[Any]) -> Any:
    """Records counted row by row, as the indicator counts."""
    if one.kind == "people":
        return len({pk for pk in rows.values_list(one.source.person, flat=True) if pk})
    if one.kind == "sum":
        return sum(rows.values_list(one.sum, flat=True))
    return len(list(rows))


@pytest.fixture
def filled(cast, source):
    """The records an indicator counts, and those its ratios set it beside."""
    beside = {part.source for one in ratios_over(source) for part in all_parts([one])}
    return {each: made_of(each, cast.orgs) for each in {source, *beside}}


def ratios_over(source: Source) -> list[Ratio]:
    return [
        one for one in indicators if isinstance(one, Ratio) and counted(one.over).source is source
    ]


@named
@few
@given(chance=chances, period=periods)
def test_value_split_series_roll_up_and_door_agree(cast, source, filled, chance, period):
    own = [one for one in indicators if isinstance(one, Indicator) and one.source is source]
    org = Org.objects.get(pk=chance.choice([cast.city.pk, cast.company.pk]))
    everything = [*own, *ratios_over(source)]

    with undone():
        for each, rows in filled.items():
            scatter(each, rows, cast.orgs, chance)
        found = counting.figures(everything, org, period)
        below = counting.figures_below(own, org, period)
        kept = rolled_up(source, own, org, period)
        for one in own:
            value = found[one.code].value
            assert (value or 0) == door(one, org, period), one.code
            check_parts(one, value, [each[one.code].value or 0 for each in below.values()])
            check_split(one, org, period, value, chance)
            check_series(one, org, chance)
            assert kept.get(one.code, value) == value, one.code
        for ratio in ratios_over(source):
            check_ratio(ratio, found[ratio.code], org, period)


def rolled_up(
    source: Source, own: list[Indicator], org: Org, period: Period
) -> dict[str, counting.Number | None]:
    """The figures of a body as they are kept for large trees, of those that are."""
    with ancestors():
        make_first(source)
        for plan in plans():
            if plan.source is source:
                make(plan)
    with mock.patch.object(reading, "LARGE", 0):
        kept, missing, _ = reading._kept(own, [org], period)
    return {one.code: kept[org.pk][one.code] for one in own if one not in missing}


def check_split(
    one: Indicator, org: Org, period: Period, value: Any, chance: random.Random
) -> None:
    """The slices make the whole, and behind each are its records."""
    splits = counting.splits_of(one)
    if not splits:
        return
    split = chance.choice(splits)
    slices = counting.split_by(one, split, org, period)
    check_parts(one, value, [each.figure.value or 0 for each in slices])
    for each in slices:
        rows = counting.records(
            one, org, period, Everything(), split=split, value=spelled(each.value)
        )
        assert behind(one, rows) == (each.figure.value or 0), (one.code, split.code)


def check_series(one: Indicator, org: Org, chance: random.Random) -> None:
    """A month of the line is the figure of that month."""
    points = counting.series(one, org, TODAY)
    for point in chance.sample(points, MONTHS):
        said = counting.figures([one], org, point.month)[one.code]
        assert point.figure == said, (one.code, point.month)


def check_ratio(one: Ratio, figure: counting.Figure, org: Org, period: Period) -> None:
    """A ratio is made of what stands behind its two doors."""
    over, under = (door(part, org, period) for part in all_parts([one]))
    assert (figure.over or 0, figure.under or 0) == (over, under), one.code
    if figure.value is None:
        assert not under or figure.over is None, one.code
    else:
        assert figure.value * under == pytest.approx(one.times * over), one.code


def check_parts(one: Indicator, value: Any, parts: list[Any]) -> None:
    """Parts make the whole; of people one may stand in several."""
    if one.people:
        assert max(parts, default=0) <= (value or 0) <= sum(parts)
    else:
        assert sum(parts) == (value or 0), one.code


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
def test_differences_lead_where_a_making_anew_leads(cast, source, monkeypatch):
    monkeypatch.setattr(reading, "LARGE", 0)
    chance = random.Random(source.code)
    mine = [plan for plan in plans() if plan.source is source]
    with ancestors():
        for plan in mine:
            make(plan)
        rows = made_of(source, cast.orgs)
        for bodies in ([org.pk for org in Org.objects.all()], None):
            scatter(source, rows, cast.orgs, chance)
            make_first(source)
            for plan in mine:
                follow(plan, bodies)
            check_kept(source, Org.objects.get(pk=cast.city.pk))
            check_kept(source, Org.objects.get(pk=cast.company.pk))


def check_kept(source: Source, org: Org) -> None:
    """What is kept of a body is what the records say."""
    own = [one for one in indicators if isinstance(one, Indicator) and one.source is source]
    kept, missing, _ = reading._kept(own, [org], Period.of_year(2026))
    said = counting.figures(own, org, Period.of_year(2026))
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


PERSONAL = [source for source in sources if source.personal]


@pytest.mark.parametrize("source", PERSONAL, ids=lambda source: source.code)
@few
@given(chance=chances, period=periods)
def test_a_persons_figure_is_that_of_their_records_and_all_make_the_whole(
    cast, source, filled, chance, period
):
    own = [
        one
        for one in indicators
        if isinstance(one, Indicator) and one.source is source and fits_person(one)
    ]
    root = Org.objects.get(pk=cast.province.pk)

    with undone():
        scatter(source, filled[source], cast.orgs, chance)
        whole = counting.figures(own, root, period)
        numbers = set(source.rows().values_list(source.person, flat=True)) - {None}
        sums: dict[str, Any] = dict.fromkeys((one.code for one in own), 0)
        for person in Person.objects.filter(pk__in=numbers):
            found = person_figures(own, person, period, among=root)
            for one in own:
                value = found[one.code].value
                assert (value or 0) == behind(one, person_rows(one, person, period)), one.code
                sums[one.code] += value or 0
        of_nobody = Q(**{f"{source.person}": None})
        for one in own:
            left = behind(one, counting.counted_rows(one, root, period).filter(of_nobody))
            assert sums[one.code] + left == (whole[one.code].value or 0), one.code


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
