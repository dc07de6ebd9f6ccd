"""The calculus against a slow and obvious reference, and case by case."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.apps.learning.engine.asking import Why, ask, ask_once, fit
from gonghui.apps.learning.engine.facts import (
    Away,
    Held,
    Item,
    Life,
    Part,
    Rounding,
    Rule,
    Stay,
)
from gonghui.apps.learning.engine.judging import State, carried_into, carried_on, judge
from gonghui.apps.learning.engine.slots import (
    Calendar,
    Every,
    Slot,
    slot_before,
    slot_on,
    slots_until,
)
from gonghui.apps.learning.engine.spans import meet, minus, united
from gonghui.apps.learning.engine.words import amount, arithmetic, asked_words
from gonghui.kit.dates import Period
from gonghui.kit.deadlines import WorkCalendar, add_months, whole_months

TERM = Slot(Period(date(2026, 9, 1), date(2027, 1, 31)), "2026 年秋季学期")
SCHOOL = Calendar(terms=(TERM,))
HOME = Stay("00001", "grassroots", "member", "permanent")
DAY = date(2026, 11, 21)
LEAVES = {"maternity": "产假", "sick": "病假"}


def item(**said) -> Item:
    facts = {"number": 1, "label": "写学习笔记", "least": 100, "unit": "篇", "every": Every.MONTH}
    return Item(**(facts | said))


def rule(**said) -> Rule:
    facts = {"number": 1, "path": "00001", "since": date(2020, 1, 1)}
    return Rule(**(facts | {"excuses": frozenset({"maternity", "sick"})} | said))


def asked(one: Item, life: Life, by: Rule | None = None, day: date = DAY, calendar=SCHOOL):
    by = by or rule()
    slot = slot_on(one.every, day, calendar)
    return ask(by, one, slot, fit(by, life), calendar)


# The reference: every day of the turn is looked at alone.

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def spans_of_days(draw):
    start = draw(DAYS)
    return start, start + timedelta(days=draw(st.integers(0, 120)))


def days_of(period: Period) -> list[date]:
    return [period.start + timedelta(days=n) for n in range(period.days)]


def within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def means(by: Rule, life: Life, day: date) -> bool:
    """Whether the rule means the person on this one day."""
    here = any(
        within(day, stay.since, stay.until)
        and stay.path.startswith(by.path)
        and (not by.kinds or stay.kind in by.kinds)
        for stay in life.stays
    )
    named = not by.titles or any(
        post.title in by.titles and within(day, post.since, post.until) for post in life.posts
    )
    hired = life.hired is None or day >= life.hired
    months = whole_months(life.hired, day) if life.hired and hired else 0
    old = (by.from_month is None or months >= by.from_month) and (
        by.to_month is None or months < by.to_month
    )
    return within(day, by.since, by.until) and here and named and hired and old


def reference(by: Rule, one: Item, slot: Slot, life: Life, calendar: Calendar):
    """What is required in hundredths, or nothing where the rule does not mean the person."""
    counted = [
        day for day in days_of(slot.period) if not by.by_workdays or calendar.work.is_workday(day)
    ]
    if not any(means(by, life, day) for day in days_of(slot.period)):
        return None
    weight = 0
    for day in counted:
        away = any(
            one.kind in by.excuses and within(day, one.since, one.until) for one in life.aways
        )
        idle = one.in_terms and not any(term.period.contains(day) for term in calendar.terms)
        if not means(by, life, day) or away or idle:
            continue
        shares = [part.share for part in life.parts if within(day, part.since, part.until)]
        weight += shares[0] if shares and by.part_time else 100
    if not counted:
        return 0
    exact = Fraction(one.least * weight, 100 * len(counted))
    if weight == 100 * len(counted):
        return one.least
    whole = exact / 100
    rounded = {
        Rounding.UP: ceil(whole),
        Rounding.HALF: floor(whole + Fraction(1, 2)),
        Rounding.DOWN: floor(whole),
    }[by.rounding]
    return min(rounded * 100, one.least)


@st.composite
def cases(draw):
    stays = tuple(
        Stay(draw(st.sampled_from(["00001", "0000100002", "00003"])), kind, "member", "", *days)
        for kind, days in draw(
            st.lists(
                st.tuples(st.sampled_from(["team", "grassroots"]), spans_of_days()), max_size=3
            )
        )
    )
    life = Life(
        stays or (HOME,),
        tuple(
            Held("00001", "骨干教师", *days) for days in draw(st.lists(spans_of_days(), max_size=2))
        ),
        tuple(
            Away(kind, *days)
            for kind, days in draw(
                st.lists(
                    st.tuples(st.sampled_from(["maternity", "annual"]), spans_of_days()), max_size=3
                )
            )
        ),
        tuple(
            Part(share, *days)
            for share, days in draw(
                st.lists(st.tuples(st.integers(1, 99), spans_of_days()), max_size=2)
            )
        ),
        draw(st.none() | st.dates(date(2023, 1, 1), date(2026, 12, 31))),
    )
    since = draw(st.sampled_from([date(2020, 1, 1), date(2026, 10, 15)]))
    by = rule(
        since=since,
        until=draw(st.sampled_from([None, date(2026, 12, 10)])),
        kinds=frozenset(draw(st.sampled_from([(), ("team",)]))),
        titles=frozenset(draw(st.sampled_from([(), ("骨干教师",)]))),
        from_month=draw(st.sampled_from([None, 12])) if life.hired else None,
        to_month=draw(st.sampled_from([None, 36])) if life.hired else None,
        part_time=draw(st.booleans()),
        by_workdays=draw(st.booleans()),
        rounding=draw(st.sampled_from(list(Rounding))),
    )
    one = item(
        least=draw(st.sampled_from([100, 150, 200, 9000])),
        every=draw(st.sampled_from([Every.WEEK, Every.MONTH, Every.TERM, Every.YEAR])),
        in_terms=draw(st.booleans()),
    )
    return by, one, life, draw(st.dates(date(2026, 9, 1), date(2026, 12, 31)))


@given(cases())
def test_asks_what_the_days_one_by_one_ask(case):
    by, one, life, day = case
    work = WorkCalendar(years=frozenset({2026}), off=frozenset({date(2026, 10, 1)}))
    calendar = Calendar(terms=(TERM,), work=work)
    slot = slot_on(one.every, day, calendar)

    found = ask(by, one, slot, fit(by, life), calendar)

    expected = reference(by, one, slot, life, calendar)
    assert (found.required if found.is_asked else None) == expected
    counted = sum(step.days for step in found.steps if step.why != Why.PART)
    if found.is_asked:
        parts = sum((100 - int(s.of)) * s.days for s in found.steps if s.why == Why.PART)
        assert found.weight == 100 * (found.base - counted) - parts


@given(
    st.dates(date(2024, 1, 1), date(2026, 6, 1)),
    st.integers(1, 24),
    st.lists(spans_of_days(), max_size=4),
    DAYS,
)
def test_leave_moves_the_day_something_is_due_once(hired, months, leaves, day):
    aways = tuple(Away("sick", *days) for days in leaves)
    by, one = rule(), item(every=Every.ONCE, months=months)

    found = ask_once(by, one, fit(by, Life((HOME,), aways=aways, hired=hired)), day)

    if found is None:
        assert hired > day
        return
    gone = {day for since, until in leaves for day in days_of(Period(since, until))}
    due = add_months(hired, months)
    end = due
    while (due - end).days != sum(hired <= day <= due for day in gone):
        due += timedelta(days=1)
    assert (found.due, found.required) == (due, 100)


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 500)), max_size=6), st.integers(0, 90)
)
def test_what_is_carried_is_used_first_and_goes_on_only_once(turns, limit):
    one = item(least=9000, every=Every.YEAR, carry=limit)
    brought = 0
    for required, done in turns:
        rest_of_brought = max(0, brought - required)
        rest_of_done = done - max(0, required - brought)
        over = rest_of_done if rest_of_done > 0 else 0
        brought = min(limit, over, done)
        assert rest_of_brought >= 0

    assert carried_into(one, turns) == brought


@given(st.lists(spans_of_days(), max_size=5), st.lists(spans_of_days(), max_size=5))
def test_spans_are_sets_of_days(first, second):
    one, other = (united(Period(*days) for days in some) for some in (first, second))
    a, b = ({day for p in some for day in days_of(p)} for some in (one, other))

    assert {day for p in meet(one, other) for day in days_of(p)} == a & b
    assert {day for p in minus(one, other) for day in days_of(p)} == a - b
    assert sum(p.days for p in one) == len(a)


# Cases of the founding documents


def test_a_book_a_term_and_maternity_leave_in_proportion():
    """「要求每学期学习一本教育专著」; of the term of 153 days 47 are left."""
    leave = Away("maternity", date(2026, 10, 18), date(2027, 1, 31))
    life = Life((HOME,), aways=(leave,))

    found = asked(item(label="读一本教育专著", unit="本", every=Every.TERM), life)

    assert (found.base, found.weight, found.required) == (153, 4700, 0)
    assert [(step.why, step.days, step.of) for step in found.steps] == [
        (Why.LEAVE, 106, "maternity")
    ]


def test_a_leave_that_the_rule_does_not_excuse_changes_nothing():
    life = Life((HOME,), aways=(Away("annual", date(2026, 11, 1), date(2026, 11, 30)),))

    assert (asked(item(), life).required, asked(item(), life).steps) == (100, ())


@pytest.mark.parametrize(("done", "state", "missing"), [(0, State.OPEN, 100), (100, State.MET, 0)])
def test_one_to_two_notes_a_month(done, state, missing):
    """「每一月撰写一到两篇教育笔记」: one is enough."""
    one = item(most=200)

    found = judge(one, asked(one, Life((HOME,))), done, 0, DAY)

    assert (found.state, found.missing, asked_words(one)) == (state, missing, "每月 1–2 篇")


def test_a_third_note_is_kept():
    one = item(most=200)

    found = judge(one, asked(one, Life((HOME,))), 300, 0, DAY)

    assert (found.state, found.missing, found.over) == (State.MET, 0, 0)
    assert "超过要求的也都记下了" in arithmetic(rule(), found, LEAVES)[-1]


def test_weekly_study_leaves_out_a_week_without_workdays():
    """春节 of 2026: nobody is asked in a week off, and in a short one three of five days count."""
    off = frozenset(date(2026, 2, 15) + timedelta(days=n) for n in range(9))
    calendar = Calendar(work=WorkCalendar(years=frozenset({2026}), off=off))
    one, by = item(every=Every.WEEK, unit="次"), rule(by_workdays=True)

    week = asked(one, Life((HOME,)), by, date(2026, 2, 18), calendar)
    after = asked(one, Life((HOME,)), by, date(2026, 2, 25), calendar)

    assert (week.base, week.required, after.base, after.required) == (0, 0, 4, 100)
    assert judge(one, week, 0, 0, date(2026, 2, 18)).state == State.EXCUSED


def test_weekly_study_only_in_terms():
    one = item(every=Every.WEEK, in_terms=True)

    first = asked(one, Life((HOME,)), day=date(2026, 9, 2))  # the term begins on its Tuesday
    holidays = asked(one, Life((HOME,)), day=date(2026, 8, 20))

    assert (first.weight, first.required) == (600, 100)
    assert (holidays.weight, holidays.required) == (0, 0)


def test_hours_of_a_year_by_halves():
    """A half-time post from July: 90 hours become 67.5…, cut to whole ones by the rule."""
    one = item(least=9000, unit="学时", every=Every.YEAR)
    life = Life((HOME,), parts=(Part(50, date(2026, 7, 1)),))

    found = {
        kind: asked(one, life, rule(rounding=kind)).required
        for kind in (Rounding.UP, Rounding.HALF, Rounding.DOWN)
    }

    assert asked(one, life).exact == Fraction(9000 * (181 * 100 + 184 * 50), 36500)
    assert found == {Rounding.UP: 6800, Rounding.HALF: 6700, Rounding.DOWN: 6700}


def test_hours_over_are_carried_up_to_the_limit():
    one = item(least=9000, unit="学时", every=Every.YEAR, carry=1000)

    assert carried_on(one, 9000, 12000, 0) == 1000
    assert carried_on(one, 9000, 9500, 0) == 500
    assert carried_on(one, 9000, 8500, 1000) == 500
    assert carried_on(one, 100, 0, 1000) == 0, "what was brought along does not go on again"


def test_transfer_and_late_hiring_count_from_their_day():
    moved = Life(
        (Stay("00002", "team", "member", "", None, date(2026, 11, 15)),
         Stay("00001", "team", "member", "", date(2026, 11, 16))),
    )  # fmt: skip

    assert (asked(item(), moved).weight, asked(item(), moved).required) == (1500, 100)
    late = Life((HOME,), hired=date(2026, 11, 17))
    assert (asked(item(), late).weight, asked(item(), late).required) == (1400, 0)


def test_backbone_teachers_after_three_years():
    """「对于三年以上的教师」: the day three years are full is the first that counts."""
    by = rule(from_month=36)

    assert asked(item(), Life((HOME,), hired=date(2023, 11, 1)), by).required == 100
    assert asked(item(), Life((HOME,), hired=date(2023, 11, 16)), by).weight == 1500
    assert not asked(item(), Life((HOME,), hired=date(2024, 1, 1)), by).is_asked
    unknown = asked(item(), Life((HOME,)), by)
    assert (unknown.is_known, judge(item(), unknown, 0, 0, DAY).state) == (False, State.UNKNOWN)


def test_new_staff_within_a_year_of_being_hired():
    by, one = rule(since=date(2026, 1, 1)), item(every=Every.ONCE, months=12)

    def due(hired: date) -> date | None:
        found = ask_once(by, one, fit(by, Life((HOME,), hired=hired)), DAY)
        return found and found.due

    assert due(date(2026, 3, 1)) == date(2027, 3, 1)
    assert due(date(2025, 6, 1)) == date(2027, 1, 1), "hired before the rule: from its first day"
    assert due(date(2024, 6, 1)) is None, "the months had passed when the rule came"


def stood(*spans: tuple[str, date | None, date | None]) -> tuple[Stay, ...]:
    return tuple(Stay(path, "team", "member", "", since, until) for path, since, until in spans)


@pytest.mark.parametrize(
    ("stays", "is_asked"),
    [
        (stood(("00001", date(2024, 12, 31), None)), False),
        (stood(("00001", date(2025, 1, 1), None)), True),  # may have been hired on that very day
        (stood(("00001", None, None)), False),
        # Made a member, in the same body: one run.
        (stood(("00001", None, date(2026, 3, 1)), ("00001", date(2026, 3, 2), None)), False),
        # Away for a day, or from another body below the rule: perhaps hired anew.
        (stood(("00001", None, date(2026, 3, 1)), ("00001", date(2026, 3, 3), None)), True),
        (stood(("0000100002", None, date(2026, 3, 1)), ("00001", date(2026, 3, 2), None)), True),
    ],
)
def test_who_was_there_long_before_the_rule_is_no_new_staff(stays, is_asked):
    """Their day of hire was never entered; it lies before the first day they stood there."""
    by, one = rule(since=date(2026, 1, 1)), item(every=Every.ONCE, months=12)

    found = ask_once(by, one, fit(by, Life(stays)), DAY)

    assert (found is not None) == is_asked
    assert found is None or not found.is_known


def test_team_study_means_people_of_teams():
    by = rule(kinds=frozenset({"team"}))

    assert not asked(item(), Life((HOME,)), by).is_asked
    assert asked(item(), Life((Stay("0000100002", "team", "member", ""),)), by).is_asked


def test_turns_before_and_between():
    assert slot_before(Every.MONTH, DAY, SCHOOL).name == "2026 年 10 月"
    assert slot_before(Every.WEEK, DAY, SCHOOL).period.end == date(2026, 11, 15)
    assert slot_before(Every.TERM, DAY, SCHOOL) is None
    assert slot_on(Every.TERM, date(2026, 8, 1), SCHOOL) is None
    last = slot_on(Every.YEAR, DAY, SCHOOL)
    years = [slot.name for slot in slots_until(Every.YEAR, date(2024, 5, 1), last, SCHOOL)]
    assert years == ["2024 年", "2025 年", "2026 年"]


def test_arithmetic_is_said_in_sentences():
    leave = Away("maternity", date(2026, 11, 21), date(2027, 3, 1))
    one = item()
    found = judge(one, asked(one, Life((HOME,), aways=(leave,))), 0, 0, DAY)

    assert arithmetic(rule(), found, LEAVES) == [
        "每月 1 篇。2026 年 11 月：2026 年 11 月 1 日至2026 年 11 月 30 日，共 30 天。",
        "产假 2026-11-21 至 2026-11-30，10 天不算。",
        "应完成：1 × 20 ÷ 30 ≈ 0.66，满一半进一，要求 1 篇。",
        "已完成 0 篇，还差 1 篇。",
    ]
    plain = arithmetic(rule(), found, LEAVES, plainly=True)
    assert plain[1] == "请假 2026-11-21 至 2026-11-30，10 天不算。"


def test_amounts_are_said_without_noughts():
    assert [amount(n) for n in (100, 150, 25, 9000, 0)] == ["1", "1.5", "0.25", "90", "0"]
