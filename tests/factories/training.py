"""Dull factories for training."""

from __future__ import annotations

from datetime import date

import factory
from django.utils import timezone

from gonghui.apps.training.models import (
    Attempt,
    Course,
    Demand,
    Exercise,
    Learner,
    Outcome,
    Outsider,
    Programme,
    Provider,
    Quiz,
    QuizPart,
    Reply,
    Squad,
)

from .activities import ActivityFactory
from .organisation import OrgFactory, PersonFactory


class ProviderFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    name = factory.Sequence(lambda n: f"第{n}职工学校")
    route = "workers_school"

    class Meta:
        model = Provider


class ProgrammeFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    year = 2026
    title = factory.Sequence(lambda n: f"钳工培训{n}")
    kind = "special"

    class Meta:
        model = Programme


class DemandFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    year = 2026
    topic = factory.Sequence(lambda n: f"学数控{n}")
    kind = "special"

    class Meta:
        model = Demand


class CourseFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    programme = factory.SubFactory(ProgrammeFactory, org=factory.SelfAttribute("..org"))
    activity = factory.SubFactory(
        ActivityFactory, org=factory.SelfAttribute("..org"), kind="training"
    )
    number = factory.Sequence(lambda n: n + 1)
    hours = 16

    class Meta:
        model = Course


class OutsiderFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    name = factory.Sequence(lambda n: f"郑强{n}")
    sort = "laid_off"

    class Meta:
        model = Outsider


class LearnerFactory(factory.django.DjangoModelFactory):
    course = factory.SubFactory(CourseFactory)
    person = factory.SubFactory(PersonFactory)
    joined_on = date(2026, 3, 2)
    result = "passed"
    result_on = date(2026, 3, 9)

    class Meta:
        model = Learner


class OutcomeFactory(factory.django.DjangoModelFactory):
    learner = factory.SubFactory(LearnerFactory)
    kind = "employed"
    asked_on = date(2026, 9, 1)
    is_reached = False

    class Meta:
        model = Outcome


class ExerciseFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    topic = "安全"
    answer = "single"
    stem = factory.Sequence(lambda n: f"第{n}题：哪一个对？")
    options = ["甲", "乙", "丙"]
    key = [0]

    class Meta:
        model = Exercise


class QuizFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"安全知识测验{n}")

    class Meta:
        model = Quiz


class QuizPartFactory(factory.django.DjangoModelFactory):
    quiz = factory.SubFactory(QuizFactory)
    answer = "single"
    count = 1
    points = 5

    class Meta:
        model = QuizPart


class SquadFactory(factory.django.DjangoModelFactory):
    quiz = factory.SubFactory(QuizFactory, use="contest")
    name = factory.Sequence(lambda n: f"第{n}队")

    class Meta:
        model = Squad


class AttemptFactory(factory.django.DjangoModelFactory):
    quiz = factory.SubFactory(QuizFactory, state="open")
    person = factory.SubFactory(PersonFactory)
    number = 1
    seed = 7
    partial = "whole"
    total = 5
    started_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Attempt


class ReplyFactory(factory.django.DjangoModelFactory):
    attempt = factory.SubFactory(AttemptFactory)
    place = factory.Sequence(lambda n: n + 1)
    exercise = factory.SubFactory(ExerciseFactory, org=factory.SelfAttribute("..attempt.quiz.org"))
    answer = "single"
    stem = "哪一个对？"
    options = ["甲", "乙", "丙"]
    key = [0]
    points = 5

    class Meta:
        model = Reply
