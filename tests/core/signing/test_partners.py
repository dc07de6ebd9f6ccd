"""A body that agreed to hold an activity too: it is for its people as well (R-211)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Role
from gonghui.core.activities.actions.activities import change_activity, plan_activity
from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.models import Activity
from gonghui.core.notices.models import Notice
from gonghui.core.signing.actions.signing import Signing, sign_up
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.organisation import AccountFactory, GrantFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(cast) -> Activity:
    """Held by the company; another company is asked to hold it too."""
    activity = ActivityFactory(org=cast.company, title="友谊赛")
    session = SessionFactory(activity=activity)
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    Activity.objects.filter(pk=activity.pk).update(**times)
    activity.refresh_from_db()
    change_activity(activity, {"partners": [cast.other_company]}, by=cast.actor("frank"))
    LIFE.perform(activity, "announce", by=cast.actor("frank"))
    LIFE.perform(activity, "open", by=cast.actor("frank"))
    activity.refresh_from_db()
    return activity


@pytest.fixture
def chair(cast):
    """Who holds activities in the other company."""
    person = PersonFactory(name="邱主席", org=cast.other_company)
    AccountFactory(person=person)
    role = Role.objects.get(name="工会主席")
    GrantFactory(person=person, org=cast.other_company, role=role)
    return person


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def page_of(match: Activity) -> str:
    return reverse("signing:portal-activity", args=[match.pk])


def test_members_of_a_partner_see_sign_up_and_are_told_once_it_agreed(cast, chair, match):
    mallory = cast.client("mallory")
    assert mallory.get(page_of(match)).status_code == 404
    officer = browser_of(chair)
    shown = officer.get(reverse("activities:activity-detail", args=[match.pk])).content.decode()
    assert "同意协办" in shown

    officer.post(reverse("activities:join", args=[match.pk, cast.other_company.pk]))

    told = Notice.objects.filter(person=cast.mallory).values_list("title", "url")
    assert list(told) == [("活动通知：友谊赛", page_of(match))]
    assert "友谊赛" in mallory.get(reverse("signing:portal-list")).content.decode()
    mallory.post(page_of(match))
    assert match.registrations.get().person == cast.mallory
    shown = officer.get(reverse("activities:activity-detail", args=[match.pk])).content.decode()
    assert "还没有答复" not in shown


def test_officers_of_a_partner_read_and_sign_up_their_own_people_only(cast, chair, match):
    other = PersonFactory(name="裘同事", org=cast.other_company)
    sign_up(match, [Signing(cast.alice)], by=SYSTEM)
    officer, people = browser_of(chair), reverse("signing:people", args=[match.pk])
    assert officer.get(people).status_code == 404
    officer.post(reverse("activities:join", args=[match.pk, cast.other_company.pk]))

    officer.post(people, {"people": "裘同事"})

    shown = officer.get(people).content.decode()
    assert other.name in shown
    assert cast.alice.name not in shown


def test_only_the_partner_itself_agrees(cast, chair, match):
    url = reverse("activities:join", args=[match.pk, cast.other_company.pk])

    for who in ("frank", "alice", "mallory", "carol"):
        assert cast.client(who).post(url).status_code == 404

    assert not match.joined.exists()


def test_whom_the_organiser_leads_need_not_agree(cast):
    made = plan_activity(
        cast.branch, by=cast.actor("frank"), kind="sport", title="分会联赛",
        partners=[cast.second_branch, cast.other_company],
    )  # fmt: skip

    assert list(made.joined.all()) == [cast.second_branch]
    change_activity(made, {"partners": [cast.other_company]}, by=cast.actor("frank"))
    assert not made.joined.exists()
