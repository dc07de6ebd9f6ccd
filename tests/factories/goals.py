"""Dull factories for goals and plans of growing."""

from __future__ import annotations

import factory

from gonghui.apps.goals.models import Goal, GrowthPlan, Promise, Step

from .organisation import OrgFactory, PersonFactory


class GoalFactory(factory.django.DjangoModelFactory):
    """A body's goal; with ``person`` that person's own."""

    org = factory.SubFactory(OrgFactory)
    sort = "goal"
    title = factory.Sequence(lambda n: f"一次交验合格率再提高{n}")

    class Meta:
        model = Goal


class StepFactory(factory.django.DjangoModelFactory):
    goal = factory.SubFactory(GoalFactory)
    title = factory.Sequence(lambda n: f"第{n}步")

    class Meta:
        model = Step


class GrowthPlanFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    kind = "learning"
    year = factory.Sequence(lambda n: 2001 + n % 90)
    direction = "考取高级工"

    class Meta:
        model = GrowthPlan


class PromiseFactory(factory.django.DjangoModelFactory):
    plan = factory.SubFactory(GrowthPlanFactory)
    words = "每周留半天学习"

    class Meta:
        model = Promise
