"""Checks of elections under way, each on both sides of its limit."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.elections.models import ElectionState, Mode, Office
from tests.factories.elections import CandidateFactory, ElectionFactory, RaceFactory, StepFactory
from tests.watching import DAY, found, sentences

pytestmark = pytest.mark.django_db


def race(seats, candidates, *, office=Office.MEMBER, **election):
    election.setdefault("state", ElectionState.PUBLISHED)
    made = RaceFactory(election=ElectionFactory(**election), seats=seats, office=office)
    CandidateFactory.create_batch(candidates, race=made)
    return made


@pytest.mark.parametrize(
    ("seats", "candidates", "office", "count"),
    [
        (7, 7, Office.MEMBER, 1),
        (7, 8, Office.MEMBER, 0),
        (21, 22, Office.MEMBER, 1),
        (21, 23, Office.MEMBER, 0),
        (11, 12, Office.STANDING, 1),
        (11, 13, Office.STANDING, 0),
        (1, 1, Office.CHAIR, 0),
    ],
)
def test_candidates_exceed_the_seats_by_the_rate(seats, candidates, office, count):
    race(seats, candidates, office=office)

    assert len(found("ELE-02")) == count


def test_missing_candidates_are_counted_in_words():
    race(7, 7)

    finding = found("ELE-02")[0]

    assert finding.sentence == "委员应选 7 人，候选人 7 人，至少应有 8 人。"
    assert finding.values[0]["words"] == "5%"


@pytest.mark.parametrize(("stood", "count"), [(8, 0), (7, 1), (None, 1)])
def test_primary_keeps_the_choice_before_the_meeting(stood, count):
    made = race(7, 7, mode=Mode.PRIMARY)
    made.stood = stood
    made.save()

    assert len(found("ELE-02")) == count


@pytest.mark.parametrize("state", [ElectionState.DRAFT, ElectionState.SETTLED])
def test_candidates_are_counted_between_review_and_meeting_only(state):
    race(7, 7, state=state)

    assert found("ELE-02") == []


@pytest.mark.parametrize(
    ("begins", "ends", "count"),
    [
        (date(2026, 11, 2), date(2026, 11, 9), 0),
        (date(2026, 11, 2), date(2026, 11, 8), 1),
        (date(2026, 9, 29), date(2026, 10, 12), 0),
        (date(2026, 9, 29), date(2026, 10, 10), 1),
    ],
)
def test_notice_stands_five_workdays(begins, ends, count):
    ElectionFactory(state=ElectionState.PUBLISHED, notice_from=begins, notice_until=ends)

    assert len(found("ELE-10")) == count


def test_meeting_before_the_end_of_the_notice_cuts_it_short():
    given = {"notice_from": date(2026, 11, 2), "notice_until": date(2026, 11, 9)}
    ElectionFactory(state=ElectionState.CONVENED, held_on=date(2026, 11, 6), **given)

    assert "只有 4 个工作日" in sentences("ELE-10")[0]


def test_year_without_its_holidays_is_said_to_be_uncertain():
    given = {"notice_from": date(2027, 1, 1), "notice_until": date(2027, 1, 4)}
    ElectionFactory(state=ElectionState.PUBLISHED, **given)

    assert sentences("ELE-10")[0].endswith("2027 年的放假安排还没有录入，只扣除了双休日，待核实")


def test_candidate_without_a_declaration():
    made = race(7, 8)
    assert found("ELE-11") == []

    made.candidates.filter(pk=made.candidates.first().pk).update(declared_on=None)

    assert sentences("ELE-11") == ["有 1 名候选人还没有声明不是单位主要负责人及其近亲属。"]


@pytest.mark.parametrize(("held", "count"), [(date(2026, 11, 5), 0), (date(2026, 11, 4), 1)])
def test_result_is_reported_in_time(held, count):
    ElectionFactory(state=ElectionState.SETTLED, held_on=held)

    assert len(found("ORG-17")) == count


def test_day_the_report_is_due_rolls_over_the_holiday():
    ElectionFactory(state=ElectionState.SETTLED, held_on=date(2026, 9, 17))

    assert found("ORG-17", date(2026, 10, 8)) == []
    assert "2026 年 10 月 8 日前" in sentences("ORG-17", date(2026, 10, 9))[0]


@pytest.mark.parametrize(
    ("on", "state", "count"),
    [
        (date(2026, 11, 5), ElectionState.REPORTED, 0),
        (date(2026, 11, 4), ElectionState.REPORTED, 1),
        (date(2026, 11, 4), ElectionState.CONFIRMED, 0),
    ],
)
def test_report_is_answered_in_time(on, state, count):
    StepFactory(election__state=state, name="report", on=on)

    assert len(found("ELE-14", DAY)) == count
