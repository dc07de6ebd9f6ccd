"""A question written for anyone gives each person what a question of their own would give."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet

from gonghui.core.access.actor import Actor, at_home, in_reach, is_person
from gonghui.core.access.anyone import count_for_anyone, for_anyone
from gonghui.core.activities.models import Activity
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.people.models import Person
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import PersonFactory, PostFactory

pytestmark = pytest.mark.django_db

READS = ("activities.view", "activities.write", "activities.check")


@pytest.fixture
def activities(cast) -> list[Activity]:
    """One of every body and state there is a rule about; one somebody leads, one for a few."""
    made = [ActivityFactory(org=org, state=state) for org in cast.orgs for state in STATES]
    made.append(ActivityFactory(org=cast.city, state="draft", organiser=cast.alice))
    made.append(ActivityFactory(org=cast.city, state="open"))
    made[-1].audience.add(cast.branch)
    PostFactory(person=cast.mallory, org=cast.company)
    return made


STATES = ("draft", "open", "filed")


@pytest.mark.parametrize("action", sorted(ACTIVITY_RULES))
def test_every_rule_says_the_same_of_anyone(cast, activities, action):
    rule = ACTIVITY_RULES[action]

    def ask(anyone: Actor) -> QuerySet[Activity]:
        return rule.narrow(Activity.objects.order_by("pk"), anyone)

    found = {}
    for name in cast.names:
        actor = cast.actor(name)
        found[name] = list(for_anyone(actor, ("rule", action), ask, reads=READS))
        assert found[name] == list(rule.narrow(Activity.objects.order_by("pk"), actor)), name

    assert any(found.values())


def test_members_of_many_units_ask_by_one_question(cast, django_assert_num_queries):
    asked = []

    def ask(anyone: Actor, pk: int) -> QuerySet[Person]:
        asked.append(pk)
        return at_home().narrow(Person.objects.filter(pk=pk), anyone)

    other = Actor(PersonFactory(org=cast.second_branch))
    for actor in (cast.actor("alice"), other):
        with django_assert_num_queries(1):
            found = list(for_anyone(actor, "at home", ask, cast.alice.pk))
        assert bool(found) == (actor is not other)

    assert len(asked) == 1


def test_a_rule_that_reads_more_than_it_said_is_refused(cast):
    with pytest.raises(LookupError, match=r"plans\.write"):
        for_anyone(
            cast.actor("bob"),
            "reads more",
            lambda anyone: in_reach("plans.write").narrow(Activity.objects.all(), anyone),
        )


def test_what_somebody_holds_does_not_decide_a_question_for_anyone(cast):
    for read in ("posts", "spans", "grants", "key"):
        with pytest.raises(LookupError, match="anyone"):
            for_anyone(
                cast.actor("bob"),
                ("decides", read),
                lambda anyone, read=read: Activity.objects.filter(pk__in=getattr(anyone, read)),
            )


def test_counts_are_each_ones_own(cast):
    ActivityFactory(org=cast.company, organiser=cast.alice)

    def ask(anyone: Actor) -> dict[str, QuerySet[Activity]]:
        led = is_person("organiser").narrow(Activity.objects.all(), anyone)
        return {"led": led, "posts": Activity.objects.filter(org__in=list(anyone.posts))}

    told = {name: count_for_anyone(cast.actor(name), "led", ask)["led"] for name in cast.names}

    assert told == dict.fromkeys(cast.names, 0) | {"alice": 1}


def test_the_system_asks_for_itself(cast):
    rows = for_anyone(Actor(None), "system", lambda anyone: Person.objects.filter(pk=cast.bob.pk))

    assert list(rows) == [cast.bob]
