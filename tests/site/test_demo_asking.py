"""What the demo's gatherings ask is asked, answered and formed by the product's own doors."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Person
from gonghui.core.signing.models import Registration
from gonghui.site.demo.asking import NOTICES, QUESTIONS, TEAMS, put_questions, send_teams, sign_each
from gonghui.site.demo.gatherings import GATHERINGS
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.django_db


def test_what_is_asked_belongs_to_gatherings_of_the_year():
    titles = {one.title for one in GATHERINGS}

    assert titles >= QUESTIONS.keys() | NOTICES.keys() | TEAMS.keys()


@pytest.mark.parametrize("title", sorted(QUESTIONS))
def test_members_answer_and_who_comes_too_late_waits(cast, title):
    consent = NOTICES.get(title, "")
    activity = ActivityFactory(
        org=cast.company, title=title, state="open", capacity=6, consent=consent
    )
    people = [PersonFactory(org=cast.branch) for _ in range(9)]

    put_questions(activity, cast.actor("frank"))
    sign_each(SimpleNamespace(actor=Actor), activity, people, cast.actor("frank"))

    made = Registration.objects.filter(activity=activity)
    assert made.filter(status="signed").count() == 6
    assert made.filter(status="waiting").count() == 3
    answered = made.exclude(answers={})
    assert 0 < answered.count() < 9
    assert all(len(one.answers) == len(QUESTIONS[title]) for one in answered)
    assert made.filter(terms__isnull=False).count() == (answered.count() if consent else 0)


def test_units_with_enough_people_send_a_team_with_every_role(cast):
    meet = ActivityFactory(org=cast.company, title="职工运动会", state="open")
    PersonFactory.create_batch(6, org=cast.second_branch)

    send_teams(meet, cast.actor("frank"))

    (team,) = meet.delegations.all()
    roles = [one.role for one in team.registrations.order_by("pk")]
    assert team.org == cast.second_branch
    assert roles == ["leader", "participant", "participant", "participant", "reserve", "official"]
    assert team.leader == Person.objects.filter(org=cast.second_branch).order_by("pk").first()
    items = [
        [choice.quota.name for choice in one.chosen.all()]
        for one in team.registrations.filter(role="participant").order_by("pk")
    ]
    assert items == [["拔河", "羽毛球"], ["定点投篮", "接力"], ["拔河", "羽毛球"]]
    meet.refresh_from_db()
    assert meet.seats_taken == 4
