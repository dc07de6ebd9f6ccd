"""Delegations: units are asked, their leaders form a team within their places (R-346)."""

from __future__ import annotations

import threading

import pytest
from django.db import close_old_connections, connection
from django.urls import reverse

from gonghui.core.access.actor import SYSTEM
from gonghui.core.activities.models import Activity
from gonghui.core.notices.models import Notice
from gonghui.core.signing.actions.signing import Signing, sign_up
from gonghui.core.signing.actions.teams import Place, call_teams, form_team
from gonghui.core.signing.models import Delegation
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import PersonFactory
from tests.factories.signing import DelegationFactory, QuotaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meet(cast) -> Activity:
    return ActivityFactory(org=cast.company, state="open", title="运动会", capacity=10)


@pytest.fixture
def team(cast, meet) -> Delegation:
    return DelegationFactory(activity=meet, org=cast.branch)


def test_organiser_asks_a_unit_and_its_leader_forms_the_team(cast, meet):
    url = reverse("signing:delegations", args=[meet.pk])
    page = cast.client("frank").post(url, {"orgs": f"#{cast.branch.pk}"}, follow=True)
    assert "已请 1 个单位组团" in page.content.decode()
    delegation = Delegation.objects.get()
    form = reverse("signing:team", args=[delegation.pk])
    told = Notice.objects.get(title="请组团参加：运动会")
    assert (told.person, told.url) == (cast.bob, form)
    rows = {
        "leader": f"鲍博 #{cast.bob.pk}", "place-TOTAL_FORMS": 3, "place-INITIAL_FORMS": 0,
        "place-0-person": f"鲍博 #{cast.bob.pk}", "place-0-role": "leader",
        "place-1-person": f"艾丽 #{cast.alice.pk}", "place-1-role": "reserve",
        "place-2-person": "", "place-2-role": "participant",
    }  # fmt: skip

    page = cast.client("bob").post(form, rows, follow=True).content.decode()

    assert "共 2 人" in page
    assert "替补" in page
    delegation.refresh_from_db()
    roles = dict(delegation.registrations.values_list("person", "role"))
    assert (delegation.leader, roles) == (
        cast.bob, {cast.bob.pk: "leader", cast.alice.pk: "reserve"},
    )  # fmt: skip


def test_who_is_left_out_gives_the_place_back(cast, meet, team):
    form_team(team, [Place(cast.alice), Place(cast.bob)], by=SYSTEM)

    form_team(team, [Place(cast.bob)], by=SYSTEM)

    meet.refresh_from_db()
    assert meet.seats_taken == 1
    assert team.registrations.get(person=cast.alice).status == "withdrawn"


def test_unit_has_no_more_than_its_places(cast, meet, team):
    QuotaFactory(activity=meet, name="", org=cast.branch, capacity=1)

    made = form_team(team, [Place(cast.alice), Place(cast.bob)], by=SYSTEM)

    assert [one.status for one in made] == ["signed", "waiting"]


def test_who_had_signed_up_alone_joins_the_team(cast, meet, team):
    (alone,) = sign_up(meet, [Signing(cast.alice)], by=SYSTEM)

    form_team(team, [Place(cast.alice, "official")], by=SYSTEM)

    alone.refresh_from_db()
    assert (alone.delegation, alone.role) == (team, "official")


def test_reserves_and_officials_take_no_place_of_who_competes(cast, meet, team):
    meet.capacity = 1
    meet.save()
    QuotaFactory(activity=meet, name="", org=cast.branch, capacity=1)
    places = [
        Place(cast.alice),
        Place(cast.bob, "reserve"),
        Place(PersonFactory(org=cast.branch), "official"),
        Place(PersonFactory(org=cast.branch)),
    ]

    made = form_team(team, places, by=SYSTEM)

    assert [one.status for one in made] == ["signed", "signed", "signed", "waiting"]
    meet.refresh_from_db()
    assert (meet.seats_taken, meet.quotas.get().seats_taken) == (1, 1)


def test_who_becomes_a_reserve_frees_the_place_for_who_waits(cast, meet, team):
    meet.capacity = 1
    meet.save()
    form_team(team, [Place(cast.alice), Place(cast.bob)], by=SYSTEM)

    changed = form_team(team, [Place(cast.alice, "reserve"), Place(cast.bob)], by=SYSTEM)
    back = form_team(team, [Place(cast.alice), Place(cast.bob)], by=SYSTEM)

    assert [one.status for one in changed] == ["signed", "signed"]
    assert [one.status for one in back] == ["waiting", "signed"]
    meet.refresh_from_db()
    assert meet.seats_taken == 1


def test_leader_enters_people_for_items_and_changes_them_over(cast, meet, team):
    """Each item has its places; two who change over need no third place in between."""
    relay, jump = (QuotaFactory(activity=meet, name=name, capacity=1) for name in ("接力", "跳绳"))
    other = PersonFactory(name="第三人", org=cast.branch)
    form = reverse("signing:team", args=[team.pk])

    def handed_in(*rows):
        said = {"leader": "", "place-TOTAL_FORMS": len(rows), "place-INITIAL_FORMS": 0}
        for number, (person, quota) in enumerate(rows):
            said |= {
                f"place-{number}-person": f"{person.name} #{person.pk}",
                f"place-{number}-role": "participant",
                f"place-{number}-items": quota.pk,
            }
        page = cast.client("bob").post(form, said, follow=True).content.decode()
        standing = team.registrations.values_list("person", "chosen__quota__name", "status")
        return page, {person: (item, status) for person, item, status in standing}

    page, first = handed_in((cast.alice, relay), (cast.bob, jump), (other, jump))
    _, second = handed_in((cast.alice, jump), (cast.bob, relay), (other, jump))

    assert "接力" in page
    assert first == {
        cast.alice.pk: ("接力", "signed"), cast.bob.pk: ("跳绳", "signed"),
        other.pk: ("跳绳", "waiting"),
    }  # fmt: skip
    assert second == {
        cast.alice.pk: ("跳绳", "signed"), cast.bob.pk: ("接力", "signed"),
        other.pk: ("跳绳", "waiting"),
    }  # fmt: skip
    for quota in (relay, jump):
        quota.refresh_from_db()
        assert quota.seats_taken == 1


def test_strangers_doubles_and_others_people_are_refused(cast, meet, team):
    stranger = PersonFactory(org=cast.second_branch)
    with pytest.raises(DomainError, match="不能编入"):
        form_team(team, [Place(stranger)], by=SYSTEM)
    with pytest.raises(DomainError, match="写了两行"):
        form_team(team, [Place(cast.alice), Place(cast.alice)], by=SYSTEM)
    whole = DelegationFactory(activity=meet, org=cast.company)
    form_team(whole, [Place(cast.alice)], by=SYSTEM)
    with pytest.raises(DomainError, match="只能代表一个单位"):
        form_team(team, [Place(cast.alice)], by=SYSTEM)


def test_unit_is_asked_once_and_only_in_time(cast, meet, team):
    assert call_teams(meet, [cast.branch], by=SYSTEM) == []
    Activity.objects.filter(pk=meet.pk).update(state="held")
    with pytest.raises(DomainError, match="不能组团"):
        call_teams(meet, [cast.second_branch], by=SYSTEM)


def test_others_neither_see_nor_form_the_team(cast, meet, team):
    form = reverse("signing:team", args=[team.pk])

    assert cast.client("dave").get(form).status_code == 404
    assert cast.client("alice").get(form).status_code == 404
    page = cast.client("bob").get(reverse("signing:delegations", args=[meet.pk]))
    assert str(team) in page.content.decode()


def test_leader_who_is_no_officer_forms_the_team_from_the_phone(cast, meet, team):
    team.leader = cast.alice
    team.save()
    alice, form = cast.client("alice"), reverse("signing:team", args=[team.pk])
    portal = reverse("signing:portal-activity", args=[meet.pk])
    assert f'href="{form}"' in alice.get(portal).content.decode()
    rows = {
        "leader": f"艾丽 #{cast.alice.pk}", "place-TOTAL_FORMS": 1, "place-INITIAL_FORMS": 0,
        "place-0-person": f"鲍博 #{cast.bob.pk}", "place-0-role": "official",
    }  # fmt: skip

    page = alice.post(form, rows, follow=True)

    assert page.redirect_chain == [(portal, 302)]
    assert team.registrations.get().role == "official"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="its tests share one memory")
def test_two_teams_at_once_never_overbook(cast, meet):
    Activity.objects.filter(pk=meet.pk).update(capacity=3)
    teams = [DelegationFactory(activity=meet, org=org) for org in (cast.branch, cast.second_branch)]
    people = [PersonFactory.create_batch(3, org=team.org) for team in teams]

    def form(at: int) -> None:
        try:
            form_team(teams[at], [Place(one) for one in people[at]], by=SYSTEM)
        finally:
            close_old_connections()
            connection.close()

    hands = [threading.Thread(target=form, args=[at]) for at in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    meet.refresh_from_db()
    assert meet.seats_taken == 3
    assert meet.registrations.filter(status="waiting").count() == 3
