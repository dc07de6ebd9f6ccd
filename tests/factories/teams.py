"""Dull factories for learning teams."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.teams.models import (
    Enlistment,
    Evidence,
    Incentive,
    Instructor,
    PlanStep,
    ShiftStudy,
    Stage,
    StudyPlan,
    Topic,
)

from .activities import ActivityFactory
from .organisation import OrgFactory, PersonFactory


class EnlistmentFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    since = date(2026, 1, 1)

    class Meta:
        model = Enlistment


class StageFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    name = "普及阶段"
    first_year = factory.Sequence(lambda n: 2001 + n % 90)
    last_year = factory.SelfAttribute("first_year")
    test = "first"

    class Meta:
        model = Stage


class StudyPlanFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    year = factory.Sequence(lambda n: 2001 + n % 90)
    title = "班组学习培训计划"

    class Meta:
        model = StudyPlan


class InstructorFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    person = factory.SubFactory(PersonFactory)
    source = "member"
    field = "看图"

    class Meta:
        model = Instructor


class PlanStepFactory(factory.django.DjangoModelFactory):
    plan = factory.SubFactory(StudyPlanFactory)
    month = 3
    topic = factory.Sequence(lambda n: f"第{n}课")

    class Meta:
        model = PlanStep


class ShiftStudyFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory, kind="study")
    shift = "before"

    class Meta:
        model = ShiftStudy


class TopicFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"降低废品率{n}")
    field = "quality"
    leader = factory.SubFactory(PersonFactory)

    class Meta:
        model = Topic


class EvidenceFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    mechanism = "learning"
    title = factory.Sequence(lambda n: f"每周一课{n}")
    on = date(2026, 3, 2)

    class Meta:
        model = Evidence


class IncentiveFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    person = factory.SubFactory(PersonFactory)
    ground = "study"
    reward = "team"
    what = "学习标兵"
    reason = "全年学时最多"
    on = date(2026, 3, 2)

    class Meta:
        model = Incentive
