"""Higher degrees: over 90 % is more than 90 %, 30 % is enough, and nobody guesses the unknown."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gonghui.apps.mentoring.engine.degrees import RANKS, Answer, Count, count, over, reaches
from gonghui.apps.mentoring.queries.degrees import standing_of
from gonghui.core.access.models import Role
from gonghui.core.people.models import Particulars, Person
from tests.factories.mentoring import DegreeTargetFactory
from tests.factories.organisation import OrgFactory, PersonFactory


@pytest.mark.parametrize(
    ("higher", "total", "answer"),
    [(90, 100, Answer.MISSED), (91, 100, Answer.MET), (9, 10, Answer.MISSED), (10, 11, Answer.MET)],
)
def test_exactly_ninety_per_cent_is_not_over_ninety(higher, total, answer):
    assert over(Count(total, higher, 0, 0), 90) == answer


@pytest.mark.parametrize(
    ("bachelor", "higher", "total", "of_all", "answer"),
    [
        (30, 100, 100, False, Answer.MET),
        (29, 100, 100, False, Answer.MISSED),
        (28, 92, 100, False, Answer.MET),
        (28, 92, 100, True, Answer.MISSED),
        (30, 92, 100, True, Answer.MET),
    ],
)
def test_exactly_thirty_per_cent_is_enough_of_the_base_chosen(
    bachelor, higher, total, of_all, answer
):
    assert reaches(Count(total, higher, bachelor, 0), 30, of_all=of_all) == answer


def test_unknown_people_leave_it_open_only_where_they_decide_it():
    assert over(Count(10, 9, 0, 1), 90) == Answer.OPEN
    assert over(Count(100, 91, 0, 5), 90) == Answer.MET
    assert over(Count(100, 80, 0, 10), 90) == Answer.MISSED
    assert over(Count(0, 0, 0, 0), 90) == Answer.OPEN
    assert reaches(Count(0, 0, 0, 0), 30, of_all=False) == Answer.OPEN
    assert reaches(Count(5, 0, 0, 0), 30, of_all=False) == Answer.MISSED


PEOPLE = st.lists(st.sampled_from([*RANKS, "90", ""]), max_size=8)


def slow(people: list[str], qualifying: str, percent: int, *, strict: bool) -> set[bool]:
    """Every way the unknown ones could be filled in, and whether the target is met then."""
    ways = [[]]
    for code in people:
        choices = [RANKS[code]] if code in RANKS else [1, 6]
        ways = [[*way, one] for way in ways for one in choices]
    line = RANKS[qualifying]
    found = set()
    for way in ways:
        share = Fraction(sum(one > line for one in way), len(way))
        wanted = Fraction(percent, 100)
        found.add(share > wanted if strict else share >= wanted)
    return found


@given(PEOPLE.filter(bool), st.sampled_from(["40", "30", "20"]), st.integers(0, 100))
def test_answer_is_that_of_every_way_to_fill_in_the_unknown(people, qualifying, percent):
    counted = count({code: people.count(code) for code in set(people)}, qualifying)

    answer = over(counted, percent)

    expected = {
        frozenset({True}): Answer.MET,
        frozenset({False}): Answer.MISSED,
        frozenset({True, False}): Answer.OPEN,
    }
    assert answer == expected[frozenset(slow(people, qualifying, percent, strict=True))]


def test_target_counts_the_people_of_the_body_and_below(db):
    org = OrgFactory()
    for code in ("20", "20", "30", "40", ""):
        person = PersonFactory(org=org)
        if code:
            Particulars.objects.create(person=person, education=code)
    PersonFactory(org=org, left_on=date(2026, 1, 1))
    Particulars.objects.create(person=PersonFactory(), education="10")

    found = standing_of(DegreeTargetFactory(org=org))

    assert found.counted == Count(total=5, higher=3, bachelor=2, unknown=1)
    assert (found.over, found.bachelor) == (Answer.MISSED, Answer.MET)
    assert found.higher_words == "5 人中 3 人，60.0%"
    assert found.bachelor_words == "高一层次学历 3 人中 2 人，66.6%"


def test_each_figure_opens_to_its_people_for_who_may_see_them(cast):
    for code in ("20", "30", "40", ""):
        Particulars.objects.create(person=PersonFactory(org=cast.branch), education=code)
    target = DegreeTargetFactory(org=cast.branch, qualifying="40", bachelor=30)
    page = reverse("mentoring:degreetarget-detail", args=[target.pk])
    everybody = Person.objects.active().filter(org=cast.branch).count()

    drawn = cast.client("frank").get(page).content.decode()
    doors = [unescape(one) for one in re.findall(r'href="([^"]+education=[^"]+)"', drawn)]

    found = [len(cast.client("frank").get(one).context["table"].data) for one in doors]
    assert found == [2, 1, everybody - 3]  # the cast's own education is not known either
    Role.objects.update(capabilities=["learning.view"])
    assert "education=" not in cast.client("frank").get(page).content.decode()
