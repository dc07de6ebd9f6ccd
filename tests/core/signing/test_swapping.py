"""One person comes in another's stead: into the same place, past the line, told to both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Activity
from gonghui.core.notices.models import Notice
from gonghui.core.signing.actions.signing import Signing, sign_up
from gonghui.core.signing.actions.swapping import swap
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.organisation import PersonFactory
from tests.factories.signing import DelegationFactory, QuotaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(cast) -> Activity:
    """One place, of which the deadline to withdraw is over."""
    soon = timezone.now() + timedelta(hours=3)
    activity = ActivityFactory(
        org=cast.company, state="open", capacity=1, withdraw_by=timezone.now(),
        starts_at=soon, ends_at=soon + timedelta(hours=2), title="羽毛球赛", companions_allowed=1,
    )  # fmt: skip
    SessionFactory(activity=activity, starts_at=soon)
    return activity


def sign(match: Activity, cast, *people, **said) -> list[Registration]:
    signings = [Signing(person, **said) for person in people]
    return sign_up(match, signings, by=cast.actor("frank"))


def standing(match: Activity) -> dict[str, str]:
    match.refresh_from_db()
    return {str(one): one.status for one in match.registrations.all()}


def test_leader_sends_another_who_takes_the_place_past_the_line(cast, match):
    other = PersonFactory(org=cast.branch, name="替得上")
    place, _ = sign(match, cast, cast.alice, cast.frank)
    bob = cast.client("bob")
    url = reverse("signing:swap", args=[place.pk])

    assert url in bob.get(reverse("signing:people", args=[match.pk])).content.decode()
    page = bob.post(url, {"person": "替得上"}, follow=True).content.decode()

    assert "已换成替得上" in page
    assert standing(match) == {
        str(cast.alice): "withdrawn", str(cast.frank): "waiting", "替得上": "signed",
    }  # fmt: skip
    assert match.seats_taken == 1
    titles = set(Notice.objects.values_list("person", "title"))
    assert {(cast.alice.pk, "已换人：羽毛球赛"), (other.pk, "请您参加：羽毛球赛")} <= titles


def test_who_waits_may_be_sent_and_leaves_the_line(cast, match):
    place, _ = sign(match, cast, cast.alice, cast.bob)

    made = swap(place, cast.bob, by=cast.actor("frank"))

    assert (made.status, made.line) == ("signed", None)
    assert standing(match) == {str(cast.alice): "withdrawn", str(cast.bob): "signed"}


def test_companions_do_not_go_along_and_free_their_place(cast, match):
    Activity.objects.filter(pk=match.pk).update(capacity=2)
    (place,) = sign(match, cast, cast.alice, companion_names=("小艾",))
    sign(match, cast, cast.frank)

    swap(place, cast.bob, by=cast.actor("frank"))

    assert standing(match)[str(cast.frank)] == "signed"
    assert match.seats_taken == 2


def test_role_group_and_team_stay_with_the_place(cast, match):
    group = QuotaFactory(activity=match, name="男子组", capacity=1)
    team = DelegationFactory(activity=match, org=cast.branch)
    (place,) = sign(match, cast, cast.alice, quotas=(group,), delegation=team, role="reserve")

    made = swap(place, cast.bob, by=cast.actor("frank"))

    assert [choice.quota for choice in made.chosen.all()] == [group]
    assert (made.delegation, made.role) == (team, "reserve")
    with pytest.raises(DomainError, match="不能编入"):
        swap(made, PersonFactory(org=cast.second_branch), by=cast.actor("frank"))


def test_place_of_a_unit_goes_to_another_only_where_that_has_one_free(cast, match):
    QuotaFactory(activity=match, org=cast.branch, capacity=1)
    full = QuotaFactory(activity=match, org=cast.second_branch, capacity=0)
    (place,) = sign(match, cast, cast.alice)
    other = PersonFactory(org=cast.second_branch)

    with pytest.raises(DomainError, match="二分会的名额已满"):
        swap(place, other, by=cast.actor("frank"))
    assert standing(match) == {str(cast.alice): "signed"}
    full.capacity = 1
    full.save()
    swap(place, other, by=cast.actor("frank"))

    taken = dict(match.quotas.values_list("org", "seats_taken"))
    assert taken == {cast.branch.pk: 0, cast.second_branch.pk: 1}


def test_who_has_a_place_or_is_not_meant_is_not_sent(cast, match):
    Activity.objects.filter(pk=match.pk).update(capacity=2)
    place, _ = sign(match, cast, cast.alice, cast.bob)

    for person, words in ((cast.bob, "已经报名"), (cast.dave, "不面向")):
        with pytest.raises(DomainError, match=words):
            swap(place, person, by=cast.actor("frank"))


def test_who_has_come_is_not_swapped(cast, match):
    (place,) = sign(match, cast, cast.alice)
    AttendanceFactory(
        session=match.sessions.get(), registration=place, person=cast.alice, in_at=timezone.now()
    )

    with pytest.raises(DomainError, match="已经签到"):
        swap(place, cast.bob, by=cast.actor("frank"))


def test_once_it_is_over_nobody_is_swapped(cast, match):
    (place,) = sign(match, cast, cast.alice)
    Activity.objects.filter(pk=match.pk).update(state="held")

    with pytest.raises(DomainError, match="还没有办"):
        swap(place, cast.bob, by=cast.actor("frank"))
    url = reverse("signing:swap", args=[place.pk])
    assert (
        url
        not in cast.client("frank").get(reverse("signing:people", args=[match.pk])).content.decode()
    )


@pytest.mark.parametrize("name", ["mallory", "dave"])
def test_strangers_swap_nobody(cast, match, name):
    (place,) = sign(match, cast, cast.alice)

    url = reverse("signing:swap", args=[place.pk])
    assert cast.client(name).get(url).status_code == 404


def test_member_finds_nobody_to_send_in_their_stead(cast, match):
    (place,) = sign(match, cast, cast.alice)

    page = cast.client("alice").post(
        reverse("signing:swap", args=[place.pk]), {"person": cast.bob.name}
    )

    assert page.status_code == 422
    assert standing(match) == {str(cast.alice): "signed"}
