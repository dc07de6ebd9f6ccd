"""Participation: sums that lead to the people they count, for who may read them; two checks."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.models import Grant, Role
from gonghui.core.orgs.models import Org
from gonghui.core.participation.queries.names import names
from gonghui.core.participation.queries.shares import Tally, shares_of
from gonghui.core.people.models import Membership, Person, Standing
from gonghui.core.regulations.models import Standard
from gonghui.kit.dates import Period
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.organisation import PersonFactory, PostFactory
from tests.factories.signing import RegistrationFactory
from tests.watching import DAY, sentences, where

SHARES, PEOPLE = reverse("participation:shares"), reverse("participation:people")
YEAR = Period(date(2026, 1, 1), DAY)
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-20T10:00:00+08:00"):
        yield


def member(org: Org, **facts) -> Person:
    made = PersonFactory(org=org, **facts)
    Membership.objects.filter(person=made).update(standing=Standing.MEMBER)
    return made


def attend(person: Person, said: str = "2026-03-08", *, org: Org | None = None) -> None:
    """They came to something held on a day."""
    start = timezone.make_aware(datetime.fromisoformat(said))
    activity = ActivityFactory(
        org=org or person.org, state="filed", starts_at=start, ends_at=start + timedelta(hours=2)
    )
    session = SessionFactory(activity=activity, starts_at=start)
    registration = RegistrationFactory(activity=activity, person=person)
    AttendanceFactory(session=session, registration=registration, person=person, in_at=start)


@pytest.fixture
def company(cast) -> Org:
    """Nobody of the cast is a member; three of the first branch are, two of the second."""
    Membership.objects.update(standing=Standing.WORKER)
    return cast.company


def test_sums_by_unit_and_sort_agree_with_the_names(cast, company):
    woman = {"sex": "female", "category": "front_line"}
    keen, idle = (member(cast.branch, name=name, **woman) for name in ("勤", "懒"))
    other = member(cast.second_branch, name="他", sex="male")
    attend(keen)
    attend(keen, "2026-05-01")
    attend(other, "2025-12-31")  # the year before
    PostFactory(person=keen, org=cast.branch, title="委员", since=date(2026, 1, 1))

    found = shares_of(company, YEAR)

    assert (found.total, found.held) == (Tally(3, 1), 2)
    assert [(str(one.org), one.tally, one.held) for one in found.units] == [
        ("一分会", Tally(2, 1), 2),
        ("二分会", Tally(1, 0), 0),
    ]
    assert found.total.share_words == "33.3%"
    sorts = {title: {one.word: one.tally for one in rows} for title, rows in found.sorts}
    assert sorts["职工类别"] == {"一线职工": Tally(2, 1), "未填": Tally(1, 0)}
    assert sorts["性别"] == {"男": Tally(1, 0), "女": Tally(2, 1)}
    assert sorts["任职"] == {"任职的（委员、组长等）": Tally(1, 1), "不任职的": Tally(2, 0)}
    for title, rows in found.sorts:
        for one in rows:
            for came, count in (("yes", one.tally.came), ("no", one.tally.never)):
                listed = names(company, YEAR, one.asked | {"came": came})
                assert listed.count() == count, (title, one.word)
    never = names(company, YEAR, {"came": "no"})
    assert {one.person for one in never} == {idle, other}
    assert [(one.person, one.times) for one in names(company, YEAR, {"came": "yes"})] == [(keen, 2)]


def test_coming_elsewhere_counts_and_an_excuse_does_not(cast, company):
    away, excused = member(cast.branch), member(cast.branch)
    attend(away, org=cast.city)
    attend(excused)
    excused.attendances.update(in_at=None, status="excused")

    assert shares_of(company, YEAR).total == Tally(2, 1)


def test_every_number_is_a_door_for_who_may_read_the_people(cast, company):
    attend(member(cast.branch, name="勤勤"))
    member(cast.second_branch, name="懒懒")

    page = cast.client("frank").get(SHARES)

    doors = page.context["total"]
    came = cast.client("frank").get(doors["came_url"]).content.decode()
    never = cast.client("frank").get(doors["never_url"]).content.decode()
    assert ("勤勤" in came, "懒懒" in came) == (True, False)
    assert ("勤勤" in never, "懒懒" in never) == (False, True)


def test_number_of_activities_is_a_door_to_them(cast, company):
    """Those below count with their unit, those of the year before do not."""
    attend(member(cast.branch))
    attend(member(cast.branch), "2026-05-01")
    attend(member(cast.second_branch), "2025-12-31")
    attend(member(cast.second_branch), "2026-06-01", org=company)
    frank = cast.client("frank")

    page = frank.get(SHARES)
    total = frank.get(page.context["held_url"]).content.decode()
    units = {one["word"]: frank.get(one["held_url"]) for one in page.context["units"]}

    assert (page.context["found"].held, "共 3 条" in total) == (3, True)
    assert "办过的：" in total
    counts = {one["word"]: one["held"] for one in page.context["units"]}
    assert counts == {"一分会": 2, "二分会": 0, "本级直属": 1}
    for word, there in units.items():
        assert there.context["table"].page.paginator.count == counts[word]
    nonsense = f"{reverse('activities:activity-list')}?org={company.pk}&scope=below&held=x"
    assert frank.get(nonsense).context["table"].page.paginator.count == 0


def test_who_reads_no_people_sees_sums_without_doors(cast, company):
    member(cast.branch, name="懒懒")
    Grant.objects.filter(person=cast.grace).update(role=_role("activities.view"))

    page = cast.client("grace").get(SHARES)

    assert page.status_code == 200
    assert page.context["total"]["never_url"] == ""
    assert cast.client("grace").get(PEOPLE).status_code == 404


def _role(*capabilities: str) -> Role:
    return Role.objects.create(name="只看活动", capabilities=list(capabilities))


@pytest.mark.parametrize("who", ["alice", "mallory"])
def test_members_find_neither_sums_nor_names(cast, who):
    assert cast.client(who).get(SHARES).status_code == 404
    assert cast.client(who).get(PEOPLE).status_code == 404


def test_another_citys_people_are_out_of_reach(cast, company):
    member(cast.branch, name="懒懒")
    asked = {"org": company.pk, "came": "no"}

    page = cast.client("dave").get(PEOPLE, asked).content.decode()

    assert "懒懒" not in page


@pytest.mark.parametrize(
    ("since", "until"), [("2026-11-20", "2026-01-01"), ("x", "2026-02-30"), ("2999-01-01", "")]
)
def test_days_turned_round_or_wrong_are_forgiven(cast, since, until):
    asked = {"since": since, "until": until}

    assert cast.client("frank").get(SHARES, asked).status_code == 200


def test_unions_page_tells_of_this_year(cast, company):
    attend(member(cast.branch))
    url = reverse("organisation:org-detail", args=[company.pk])

    frank = cast.client("frank")
    page = frank.get(url).content.decode()
    door = re.search(r'今年办了 <a href="([^"]+)">1 次</a>活动', page)
    assert door is not None
    rows = frank.get(html.unescape(door[1])).context["page"]
    assert rows.paginator.count == 1


def test_the_number_of_activities_opens_in_the_table_too(cast, company):
    attend(member(cast.branch))

    page = cast.client("frank").get(SHARES)

    assert [bool(one["held_url"]) for one in page.context["units"] if one["held"]] == [True]
    assert page.context["held_url"] in html.unescape(page.content.decode())


def hold(org: Org, times: int, day: str = "2026-06-01") -> None:
    start = timezone.make_aware(datetime.fromisoformat(day))
    ActivityFactory.create_batch(
        times, org=org, state="held", starts_at=start, ends_at=start + timedelta(hours=2)
    )


def test_union_with_few_activities_is_found(cast):
    hold(cast.branch, 3)
    hold(cast.company, 5, "2025-11-01")  # more than a year ago
    hold(cast.other_company, 4)

    assert where("R-450") == [cast.company]
    assert sentences("R-450") == ["近一年办了 3 次活动，少于 4 次。"]


def test_union_founded_this_year_or_with_a_lower_standard_is_not_found(cast):
    Org.objects.filter(pk=cast.company.pk).update(since=date(2026, 5, 1))
    Standard.objects.create(key="activities_year_min", value=0, org=cast.other_company, tag="V")

    assert where("R-450") == []


def test_union_most_members_of_which_never_came_is_found(cast, company):
    for _ in range(3):
        member(cast.branch)
    attend(member(cast.branch))

    assert where("R-349") == [company]
    assert sentences("R-349") == ["会员 4 人，近一年有 3 人没有参加过活动，参加面低于 50%。"]


def test_union_half_of_whose_members_came_is_not_found(cast, company):
    member(cast.branch)
    attend(member(cast.second_branch))

    assert where("R-349") == []
