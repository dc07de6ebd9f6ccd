"""Who hears of needs, classes and tests; a branch's classes of its union's programmes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.training.flow import DEMAND, QUIZ
from gonghui.apps.training.jobs import tell_all
from gonghui.apps.training.models import Course, Programme, QuizPart
from gonghui.apps.training.notices import announce
from gonghui.apps.training.queries.quizzes import open_quizzes
from gonghui.apps.training.rules import PROGRAMME_RULES
from gonghui.core.jobs.models import Job
from gonghui.core.jobs.running import run
from gonghui.core.jobs.work import Work
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
    QuizPartFactory,
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


def many(cast, monkeypatch, count: int) -> None:
    """A union of more people than are told while somebody waits."""
    monkeypatch.setattr("gonghui.apps.training.notices.AT_ONCE", 4)
    monkeypatch.setattr("gonghui.apps.training.jobs.AT_ONCE", 4)
    for _ in range(count):
        PersonFactory(org=cast.second_branch)


def open_one(cast):
    quiz = QuizFactory(org=cast.company, title="安全知识")
    ExerciseFactory(org=cast.company)
    QuizPartFactory(quiz=quiz)
    QUIZ.perform(quiz, "open", by=cast.actor("frank"))
    return quiz


def test_everybody_of_a_large_union_is_told_by_a_job(cast, monkeypatch):
    many(cast, monkeypatch, 7)

    open_one(cast)

    people = set(Notice.objects.filter(kind="training").values_list("person", flat=True))
    assert Notice.objects.filter(kind="training").count() == len(people) == 11
    assert Job.objects.get().result["words"].endswith("已经通知 11 人。")


def test_job_that_was_killed_goes_on_and_tells_nobody_twice(cast, monkeypatch):
    many(cast, monkeypatch, 7)
    calls = []

    def dies(quiz, people):
        calls.append(list(people))
        told = announce(quiz, people)
        if len(calls) == 2:
            raise KeyboardInterrupt  # the second batch is written and not yet committed
        return told

    monkeypatch.setattr("gonghui.apps.training.jobs.announce", dies)
    monkeypatch.setattr("gonghui.core.jobs.running.enqueue", lambda *said: None)
    open_one(cast)
    job = Job.objects.get()
    Job.objects.update(stage="running", holder="first")
    with pytest.raises(KeyboardInterrupt):
        tell_all(Work(job, "first"))
    assert Notice.objects.filter(kind="training").count() == 4
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=5))

    run(job.pk)

    assert len(calls) == 4  # the first batch not again
    assert Notice.objects.filter(kind="training").count() == 11
    assert Job.objects.get().stage == "done"


def test_who_is_left_is_not_told_of_a_test_that_is_over(cast, monkeypatch):
    many(cast, monkeypatch, 7)
    monkeypatch.setattr("gonghui.core.jobs.running.enqueue", lambda *said: None)
    quiz = open_one(cast)
    QUIZ.perform(quiz, "close", by=cast.actor("frank"))

    run(Job.objects.get().pk)

    assert Notice.objects.filter(kind="training").count() == 0
    assert "已经结束" in Job.objects.get().result["words"]
