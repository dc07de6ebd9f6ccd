"""Who is outside those an activity is for: told, asked for leave, or refused (R-022)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.activities.models import Activity
from gonghui.core.notices.models import Notice
from gonghui.core.people.models import Membership
from gonghui.core.signing.actions.inviting import accept, invite
from gonghui.core.signing.actions.signing import Signing, sign_up, withdraw
from gonghui.core.signing.actions.swapping import swap
from gonghui.core.signing.engine.admission import belongs, may_come
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import PersonFactory
from tests.factories.signing import QuotaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(cast) -> Activity:
    return ActivityFactory(
        org=cast.company, state="open", title="女职工健身", categories=["women"], admits="meant"
    )


def as_(person, **facts):
    for name, value in facts.items():
        setattr(person, name, value)
    person.save()
    return person


def page_of(match: Activity) -> str:
    return reverse("signing:portal-activity", args=[match.pk])


@pytest.mark.parametrize(
    ("said", "known", "sex", "is_in"),
    [
        ("", "", "female", True),
        ("women", "", "", True),  # the roster does not know
        ("women", "", "male", False),  # it knows better
        ("technical", "technical", "male", True),
        ("technical", "front_line", "male", False),  # nobody does both
        ("young", "front_line", "male", False),  # not one of those it is for
        ("", "", "", False),
    ],
)
def test_roster_comes_before_what_is_said(said, known, sex, is_in):
    wanted = ("women", "technical")

    assert belongs(wanted, said=said, known=known, sex=sex) is is_in
    assert belongs((), said=said, known=known, sex=sex)


def test_of_those_who_are_no_members_the_named_may_come():
    assert may_come([], is_member=True, is_retired=False)
    assert not may_come([], is_member=False, is_retired=True)
    assert may_come(["retired"], is_member=False, is_retired=True)


def test_member_outside_is_refused_with_a_sentence_and_the_page_says_it_before(cast, match):
    as_(cast.alice, sex="male")
    alice = cast.client("alice")
    assert "只请以上人员，限会员；其他人不能报名。" in alice.get(page_of(match)).content.decode()

    refused = alice.post(page_of(match), {"category": "women"})

    assert refused.status_code == 422
    assert "这个活动面向女职工，艾丽不在其中" in refused.content.decode()
    assert not match.registrations.exists()
    as_(cast.alice, sex="female")
    alice.post(page_of(match), {"category": "none"})
    assert match.registrations.get().category == ""


def test_who_is_no_member_is_refused_too(cast, match):
    stranger = PersonFactory(org=cast.branch, sex="female")
    Membership.objects.filter(person=stranger).update(standing="worker")

    with pytest.raises(DomainError, match="在名册上不是会员"):
        sign_up(match, [Signing(stranger)], by=Actor(stranger))
    with pytest.raises(DomainError, match="没有写明请刘大爷"):
        sign_up(match, [Signing(guest="刘大爷", category="retired")], by=cast.actor("bob"))
    match.outsiders = ["retired"]
    match.save()
    sign_up(match, [Signing(guest="刘大爷", category="retired")], by=cast.actor("bob"))


def test_where_it_only_informs_everybody_may_come(cast, match):
    Activity.objects.filter(pk=match.pk).update(admits="all")

    cast.client("alice").post(page_of(match), {"category": "none"})

    assert match.registrations.get().status == "signed"


def test_leave_is_asked_of_the_organiser_and_the_turn_is_kept(cast, match):
    run = QuotaFactory(activity=match, name="晨练", capacity=1)
    Activity.objects.filter(pk=match.pk).update(admits="leave", organiser=cast.frank)
    as_(cast.alice, sex="male")
    alice, frank = cast.client("alice"), cast.client("frank")

    said = alice.post(page_of(match), {"category": "none", "items": run.pk}, follow=True)

    assert "等负责人同意" in said.content.decode()
    mine = match.registrations.get()
    assert mine.status == "asked"
    match.refresh_from_db()
    assert match.seats_taken == 0
    assert Notice.objects.get(person=cast.frank).title == "请答复报名：女职工健身"
    (first,) = sign_up(match, [Signing(cast.frank, quotas=(run,))], by=SYSTEM)
    sign_up(match, [Signing(cast.bob, quotas=(run,))], by=SYSTEM)
    withdraw(first, by=SYSTEM)  # who waits for leave does not move up
    assert match.registrations.get(person=cast.bob).status == "signed"

    people = reverse("signing:people", args=[match.pk])
    shown = frank.get(people).content.decode()
    assert "同意艾丽报名" in shown
    assert "晨练（候补）" not in shown
    frank.post(reverse("signing:leave", args=[mine.pk]), {"comes": "yes"})

    mine.refresh_from_db()
    assert mine.status == "waiting"
    withdraw(match.registrations.get(person=cast.bob), by=SYSTEM)
    mine.refresh_from_db()
    assert mine.status == "signed"
    run.refresh_from_db()
    assert run.seats_taken == 1


def test_organiser_says_no_and_the_member_hears_of_it(cast, match):
    Activity.objects.filter(pk=match.pk).update(admits="leave")
    as_(cast.alice, sex="male")
    cast.client("alice").post(page_of(match), {"category": "none"})
    mine = match.registrations.get()
    url = reverse("signing:leave", args=[mine.pk])

    assert cast.client("bob").post(url, {"comes": "yes"}).status_code == 404
    cast.client("frank").post(url, {"comes": "no"})

    mine.refresh_from_db()
    assert mine.status == "withdrawn"
    assert Notice.objects.filter(person=cast.alice, title="没有同意报名：女职工健身").exists()
    again = cast.client("frank").post(url, {"comes": "yes"}, follow=True)
    assert "不用再答复" in again.content.decode()


def test_whom_the_organiser_asks_or_signs_up_is_welcome(cast, match):
    men = [as_(one, sex="male") for one in (cast.alice, cast.bob)]

    sign_up(match, [Signing(men[0])], by=cast.actor("frank"))
    (asked,) = invite(match, [men[1]], by=cast.actor("frank"))
    accept(asked, by=Actor(men[1]))

    assert list(match.registrations.values_list("status", flat=True)) == ["signed"] * 2


def test_leader_of_a_unit_brings_nobody_from_outside(cast, match):
    woman, man = (as_(PersonFactory(org=cast.branch), sex=sex) for sex in ("female", "male"))
    bob = cast.actor("bob")

    (place,) = sign_up(match, [Signing(woman)], by=bob)
    with pytest.raises(DomainError, match="不在其中"):
        sign_up(match, [Signing(man)], by=bob)
    with pytest.raises(DomainError, match="不在其中"):
        swap(place, man, by=bob)
