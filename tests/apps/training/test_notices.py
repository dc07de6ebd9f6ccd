"""Who hears of needs, classes and tests; a branch's classes of its union's programmes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.training.flow import DEMAND, QUIZ
from gonghui.apps.training.models import Course, Programme, QuizPart
from gonghui.apps.training.queries.quizzes import open_quizzes
from gonghui.apps.training.rules import PROGRAMME_RULES
from gonghui.core.notices.models import Notice
from tests.factories.organisation import PersonFactory
from tests.factories.training import (
    AttemptFactory,
    CourseFactory,
    DemandFactory,
    ExerciseFactory,
    LearnerFactory,
    ProgrammeFactory,
    ProviderFactory,
    QuizFactory,
    SquadFactory,
)

pytestmark = pytest.mark.django_db


def told(person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", flat=True))


def test_need_is_told_to_who_plans_above(cast):
    demand = DemandFactory(org=cast.branch, topic="学数控")

    DEMAND.perform(demand, "submit", by=cast.actor("bob"))

    assert told(cast.frank) == [f"{cast.branch}提出培训需求：学数控"]
    assert told(cast.bob) == told(cast.carol) == told(cast.grace) == []


def test_learner_hears_of_the_class_and_of_its_result(cast):
    course = CourseFactory(org=cast.company)
    frank = cast.client("frank")

    frank.post(reverse("training:course-enrol", args=[course.pk]),
               {"people": f"#{cast.alice.pk}", "outsiders": "", "on": "2026-03-02"})  # fmt: skip
    frank.post(reverse("training:course-enrol", args=[course.pk]),
               {"people": f"#{cast.alice.pk}", "outsiders": "", "on": "2026-03-02"})  # fmt: skip
    assert told(cast.alice) == [f"您已加入培训班：{course}"]
    learner = course.learners.get()
    frank.post(reverse("training:learner-judge", args=[learner.pk]), {"result": "passed"})
    frank.post(reverse("training:course-transition", args=[course.pk, "settle"]))

    assert told(cast.alice)[1] == f"{course}：合格"
    assert told(cast.bob) == []


def test_class_that_is_not_held_is_told_with_the_reason(cast):
    learner = LearnerFactory(course__org=cast.company, person=cast.alice, result="pending",
                             result_on=None)  # fmt: skip
    url = reverse("training:course-transition", args=[learner.course_id, "cancel"])

    cast.client("frank").post(url, {"reason": "老师病了"})

    assert told(cast.alice) == [f"{learner.course}：停办"]
    assert Notice.objects.get().body == "原因：老师病了"


def an_open(quiz, cast) -> None:
    ExerciseFactory(org=cast.company)
    QuizPart.objects.create(quiz=quiz, answer="single", count=1, points=5)
    QUIZ.perform(quiz, "open", by=cast.actor("frank"))


def test_open_test_is_told_to_all_below_and_to_nobody_else(cast):
    an_open(QuizFactory(org=cast.company, title="安全月"), cast)

    for person in (cast.alice, cast.bob, cast.frank):
        assert told(person) == ["测验开始了：安全月"]
    assert told(cast.carol) == told(cast.mallory) == []


def test_test_of_a_class_and_contest_are_told_to_those_they_are_for(cast):
    ends = QuizFactory(org=cast.company, title="结业")
    LearnerFactory(course=CourseFactory(org=cast.company, quiz=ends), person=cast.alice)
    an_open(ends, cast)
    contest = QuizFactory(org=cast.company, title="双知", use="contest")
    SquadFactory(quiz=contest).members.add(cast.bob, PersonFactory(org=cast.branch))
    an_open(contest, cast)

    assert told(cast.alice) == ["测验开始了：结业"]
    assert told(cast.bob) == ["知识竞赛开始了：双知"]
    assert told(cast.frank) == []


def test_branch_holds_a_class_of_its_unions_programme(cast):
    teaches = ProviderFactory(org=cast.company, name="市职大")
    programme = ProgrammeFactory(org=cast.company, state="planned", provider=teaches, hours=8)
    bob = cast.client("bob")
    new = f"{reverse('training:course-create')}?programme={programme.pk}"

    assert (
        new in bob.get(reverse("training:programme-detail", args=[programme.pk])).content.decode()
    )
    assert bob.get(new).status_code == 200
    data = {"programme": f"#{programme.pk}", "org": f"#{cast.branch.pk}", "hours": 8,
            "provider": f"#{teaches.pk}"}  # fmt: skip
    assert bob.post(new, data).status_code == 302
    made = Course.objects.get()
    assert (made.org, made.programme, made.provider) == (cast.branch, programme, teaches)
    page = cast.client("alice").get(reverse("training:programme-detail", args=[programme.pk]))
    assert new not in page.content.decode()


def test_programme_is_read_at_home_once_it_is_planned(cast):
    draft = ProgrammeFactory(org=cast.company)
    planned = ProgrammeFactory(org=cast.company, state="planned")

    def readers(one) -> list[str]:
        return [who for who in cast.names if PROGRAMME_RULES["view"].allows(cast.actor(who), one)]

    assert readers(draft) == ["carol", "erin", "frank", "grace"]
    assert readers(planned) == ["alice", "bob", "carol", "erin", "frank", "grace"]


def test_provider_of_old_stays_in_a_programme_that_is_changed(cast):
    old = ProviderFactory(org=cast.company, name="老夜大", is_current=False)
    programme = ProgrammeFactory(org=cast.company, provider=old)
    url = reverse("training:programme-update", args=[programme.pk])
    data = {"title": "钳工提高班", "year": 2026, "kind": "special", "form": "classes",
            "provider": "老夜大"}  # fmt: skip

    assert cast.client("frank").post(url, data).status_code == 302
    kept = Programme.objects.get()
    assert (kept.title, kept.provider) == ("钳工提高班", old)
    other = ProviderFactory(org=cast.company, name="停办的", is_current=False)
    answer = cast.client("frank").post(url, data | {"provider": f"#{other.pk}"})
    assert answer.status_code == 422


def test_only_what_one_may_still_take_waits(cast):
    now = timezone.now()
    waits = QuizFactory(org=cast.company, state="open", tries=2)
    over = QuizFactory(org=cast.company, state="open", closes_at=now - timedelta(hours=1))
    used_up = QuizFactory(org=cast.company, state="open", tries=1)
    begun = QuizFactory(org=cast.company, state="open", tries=1)
    for quiz in (waits, used_up):
        AttemptFactory(quiz=quiz, person=cast.alice, handed_in_at=now, score=5)
    AttemptFactory(quiz=begun, person=cast.alice, handed_in_at=None)

    assert {one.pk for one in open_quizzes(cast.actor("alice"))} == {waits.pk, begun.pk}
    assert {one.pk for one in open_quizzes(cast.actor("bob"))} == {waits.pk, used_up.pk, begun.pk}
    page = cast.client("alice").get(reverse("training:mine")).content.decode()
    assert over.title not in page
