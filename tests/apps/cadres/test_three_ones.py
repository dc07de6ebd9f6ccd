"""The three ones of cadres are read from what is on record, of a year, and never typed in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gonghui.apps.cadres.queries.three_ones import cadres_of, counts, held, told, with_ones
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Post
from gonghui.kit.dates import Period
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.cadres import RatingFactory
from tests.factories.credits import CreditFactory
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory
from tests.factories.signing import RegistrationFactory

TODAY = date(2026, 11, 21)
YEAR = Period.of_year(2026)
DOOR = "/cadres/three-ones/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21 09:00:00+08:00", tick=False):
        yield


def text(response) -> str:
    return response.content.decode()


def came(person, kind: str, org: Org, at: datetime, title: str = "活动") -> None:
    activity = ActivityFactory(org=org, kind=kind, title=title, state="held", starts_at=at)
    session = SessionFactory(activity=activity, starts_at=at)
    registration = RegistrationFactory(activity=activity, person=person)
    AttendanceFactory(session=session, registration=registration, in_at=at)


@pytest.fixture
def chair(cast):
    """鲍博 leads the branch, read a book and came to a class; the meeting was last year's."""
    for post in Post.objects.filter(person=cast.bob):
        post.delete()
    PostFactory(person=cast.bob, org=cast.branch, title="分会主席", since=date(2024, 1, 1))
    CreditFactory(
        person=cast.bob, org=cast.branch, kind="book", unit="book", amount=1,
        on=date(2026, 3, 5), words="《班组里的学问》",
    )  # fmt: skip
    came(cast.bob, "forum", cast.company, datetime(2025, 12, 31, 8, tzinfo=UTC))
    came(cast.bob, "training", cast.company, datetime(2026, 5, 20, 1, tzinfo=UTC), "干部培训班")
    return cast.bob


def test_what_a_cadre_did_is_read_from_the_records_of_the_year(cast, chair):
    (found,) = told([chair], YEAR, TODAY)

    assert {code: (done.on, done.words) for code, done in found.done.items()} == {
        "book": (date(2026, 3, 5), "《班组里的学问》"),
        "training": (date(2026, 5, 20), "干部培训班"),
    }
    (before,) = told([chair], Period.of_year(2025), TODAY)
    assert set(before.done) == {"meeting"}
    assert held(cast.company, YEAR) == {"book": 0, "meeting": 0, "training": 1}


def test_a_withdrawn_credit_counts_no_more_and_hours_of_a_course_do(cast, chair):
    chair.credits.update(withdrawn_at=datetime(2026, 6, 1, tzinfo=UTC))
    bob = with_ones(cadres_of(cast.branch, TODAY), YEAR).get(pk=chair.pk)
    assert (bob.did_book, bob.did_meeting, bob.did_training) == (False, False, True)

    CreditFactory(person=cast.alice, kind="course", unit="class_hour", on=date(2026, 1, 1))
    PostFactory(person=cast.alice, org=cast.branch, title="委员", since=date(2024, 1, 1))

    alice = with_ones(cadres_of(cast.branch, TODAY), YEAR).get(pk=cast.alice.pk)
    assert alice.did_training


def test_cadres_lead_a_team_or_more_or_sit_in_a_committee(cast):
    people = {}
    for kind in ("team", "committee", "association", "leading_group"):
        body = OrgFactory(parent=cast.branch, kind=kind, name=f"某{kind}")
        people[kind] = PersonFactory(org=cast.branch)
        PostFactory(person=people[kind], org=body, title="组长", since=date(2024, 1, 1))
    former = PersonFactory(org=cast.branch)
    PostFactory(person=former, org=cast.branch, since=date(2020, 1, 1), until=date(2021, 1, 1))

    found = set(cadres_of(cast.branch, TODAY))

    assert found & {*people.values(), former} == {people["team"], people["committee"]}


@pytest.mark.parametrize("function", ["congress", "workers_congress"])
def test_delegates_are_no_cadres(cast, function):
    congress = OrgFactory(parent=cast.company, kind="committee", function=function)
    PostFactory(org=congress, person=cast.alice, title="代表", since=date(2024, 1, 1))
    PostFactory(org=cast.branch, person=cast.bob, title="主席", since=date(2024, 1, 1))

    found = set(cadres_of(cast.company, TODAY))

    assert found & {cast.alice, cast.bob} == {cast.bob}


def test_the_page_counts_and_each_figure_opens_to_who_has_not(cast, chair):
    frank = cast.client("frank")
    at = f"{DOOR}?org={cast.company.pk}&scope=below"

    page = text(frank.get(at))

    all_ = counts(with_ones(cadres_of(cast.company, TODAY), YEAR))["all"]
    assert f"1 / {all_}" in page
    assert "《班组里的学问》" in page
    without = text(frank.get(f"{at}&without=meeting"))
    assert f"只看还没有「一次交流会」的 {all_} 人" in without
    assert "《班组里的学问》" not in text(frank.get(f"{at}&without=book"))
    assert "《班组里的学问》" not in text(frank.get(f"{at}&year=2025"))


@pytest.mark.parametrize("who", ["alice", "mallory"])
def test_who_keeps_no_cadres_finds_no_page(cast, who):
    assert cast.client(who).get(f"{DOOR}?org={cast.branch.pk}").status_code == 404


def test_who_keeps_those_of_another_city_sees_only_their_own(cast, chair):
    page = cast.client("dave").get(f"{DOOR}?org={cast.branch.pk}")

    assert page.context["org"] != cast.branch
    assert "《班组里的学问》" not in text(page)


def test_a_longer_list_costs_no_more_queries(cast, chair):
    frank = cast.client("frank")
    at = f"{DOOR}?org={cast.company.pk}&scope=below"
    frank.get(at)
    with CaptureQueriesContext(
        connection,
    ) as few:
        frank.get(at)

    for _ in range(4):
        person = PersonFactory(org=cast.branch)
        PostFactory(person=person, org=cast.branch, title="委员", since=date(2024, 1, 1))
        CreditFactory(person=person, kind="book", unit="book", on=date(2026, 2, 1))

    with CaptureQueriesContext(connection) as many:
        frank.get(at)
    assert len(many) == len(few)


def test_the_person_and_the_rating_tell_it_to_whoever_may_see_cadres(cast, chair):
    rating = RatingFactory(person=chair, on=date(2026, 4, 1))

    person = text(cast.client("frank").get(f"/membership/person/{chair.pk}/?part=merit"))
    rated = text(cast.client("frank").get(f"/cadres/rating/{rating.pk}/"))

    assert "《班组里的学问》" in person
    assert "干部培训班" in person
    assert "《班组里的学问》" in rated
    assert "干部培训班" not in rated  # it was held after the rating
    assert "三个一" in text(cast.client("bob").get(f"/cadres/rating/{rating.pk}/"))
