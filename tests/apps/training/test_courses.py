"""Classes: numbered, joined at any time, judged once, and what they give people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from gonghui.apps.training.actions.courses import (
    ask_outcome,
    drop_learner,
    enrol,
    judge,
    judge_by_terms,
    open_course,
    take_in_signed,
)
from gonghui.apps.training.flow import COURSE, PROGRAMME
from gonghui.apps.training.models import Course, Learner, Outcome, Outsider, Programme, Result
from gonghui.apps.training.queries.courses import outcome_rates, tally
from gonghui.core.activities.actions.activities import Sitting
from gonghui.core.activities.models import Activity
from gonghui.core.credits.models import Credit
from gonghui.core.records.models import Certificate
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError
from tests.factories.activities import SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.signing import RegistrationFactory
from tests.factories.training import (
    AttemptFactory,
    CourseFactory,
    LearnerFactory,
    OutsiderFactory,
    ProgrammeFactory,
    QuizFactory,
)

START = datetime(2026, 4, 7, 1, 0, tzinfo=UTC)


@pytest.fixture
def programme(cast) -> Programme:
    return ProgrammeFactory(org=cast.company, title="数控车工", category="专业技能")


@pytest.fixture
def course(cast, programme) -> Course:
    return open_course(programme, cast.company, by=cast.actor("frank"), hours=Decimal("16"))


def pending(course: Course, **facts) -> Learner:
    return LearnerFactory(course=course, result="pending", result_on=None, **facts)


def credits() -> list[tuple]:
    rows = Credit.objects.standing().order_by("pk")
    return list(rows.values_list("person__name", "kind", "category", "amount", "unit"))


def test_classes_of_a_programme_are_numbered_and_have_their_activity(cast, programme):
    sitting = Sitting(START, START + timedelta(hours=3), place="南山村活动室")
    first = open_course(programme, cast.company, by=cast.actor("frank"), hours=8)
    second = open_course(
        programme, cast.branch, by=cast.actor("bob"), sitting=sitting, is_to_door=True, kits=30
    )

    assert [first.number, second.number] == [1, 2]
    assert (second.activity.kind, second.activity.title, second.activity.place) == (
        "training", "数控车工（第 2 期）", "南山村活动室",
    )  # fmt: skip
    assert second.activity.sessions.get().starts_at == START


def test_officer_may_put_themselves_into_a_class_that_asks_something(cast, course):
    """They agree to its notice on their own phone like every learner."""
    Activity.objects.filter(pk=course.activity_id).update(consent="请自带工具。")

    enrol(course, by=cast.actor("frank"), people=[cast.frank, cast.alice])

    signed = Registration.objects.filter(activity=course.activity, consented_at=None)
    assert {one.person for one in signed} == {cast.frank, cast.alice}


def test_closed_programme_opens_no_class(cast, programme):
    Programme.objects.filter(pk=programme.pk).update(state="closed")

    with pytest.raises(DomainError, match="已经办结"):
        open_course(programme, cast.company, by=cast.actor("frank"))


def test_people_join_at_any_time_and_stand_on_the_list_of_the_activity(cast, course):
    frank = cast.actor("frank")
    stranger = OutsiderFactory(org=cast.company, name="刘芳")
    namesake = OutsiderFactory(org=cast.company, name="刘芳")
    enrol(course, by=frank, people=[cast.alice], on=date(2026, 4, 7))
    enrol(
        course, by=frank, people=[cast.alice, cast.bob], outsiders=[stranger, namesake],
        on=date(2026, 4, 20),
    )  # fmt: skip

    rows = [(str(one), one.joined_on.day) for one in course.learners.order_by("pk")]
    assert rows == [("艾丽", 7), ("鲍博", 20), ("刘芳", 20), ("刘芳", 20)]
    registrations = course.activity.registrations.order_by("pk")
    assert [str(one) for one in registrations] == ["艾丽", "鲍博", "刘芳", "刘芳"]
    assert len({one.registration_id for one in course.learners.all()}) == 4


def test_who_signed_up_is_taken_in_once(cast, course):
    for person, status in ((cast.alice, "signed"), (cast.bob, "waiting"), (cast.grace, "signed")):
        line = 1 if status == "waiting" else None
        RegistrationFactory(activity=course.activity, person=person, status=status, line=line)
    enrol(course, by=cast.actor("frank"), people=[cast.grace])

    made = take_in_signed(course, by=cast.actor("frank"))
    again = take_in_signed(course, by=cast.actor("frank"))

    assert [one.person_id for one in made] == [cast.alice.pk]
    assert again == []


def test_passing_gives_class_hours_and_taking_it_back_withdraws_them(cast, course):
    frank = cast.actor("frank")
    learner = pending(course, person=cast.alice)

    judge(learner, Result.PASSED, by=frank, on=date(2026, 5, 1), certificate="Z-7")
    judge(learner, Result.PASSED, by=frank, on=date(2026, 5, 1))
    given = credits()
    judge(learner, Result.FAILED, by=frank)

    assert given == [("艾丽", "course", "专业技能", Decimal("16.00"), "class_hour")]
    assert credits() == []
    learner.refresh_from_db()
    assert (learner.result, learner.certificate) == ("failed", "Z-7")


def test_who_passed_gets_a_certificate_that_a_stranger_can_check(cast, course):
    frank = cast.actor("frank")
    alice, bob = enrol(course, by=frank, people=[cast.alice, cast.bob], on=date(2026, 4, 7))
    [liu] = enrol(course, by=frank, outsiders=[OutsiderFactory(org=cast.company, name="刘芳")],
                  on=date(2026, 4, 7))  # fmt: skip
    for one, result in ((alice, "passed"), (bob, "failed"), (liu, "passed")):
        judge(one, result, by=frank, on=date(2026, 5, 1), grade="良好")
    assert not Certificate.objects.exists(), "results are not out"

    COURSE.perform(course, "settle", by=frank)

    papers = Certificate.objects.standing().order_by("pk")
    assert [str(one.registration) for one in papers] == ["艾丽", "刘芳"]
    paper = papers[0]
    stranger = Client().post("/records/check/", {"code": paper.code}).content.decode()
    assert "结业证书" in stranger
    words = "2026 年 4 月 7 日至2026 年 5 月 1 日参加安澜机械公司工会举办的“数控车工（第 1 期）”"
    assert f"{words}，完成 16 学时，考核合格，成绩：良好，准予结业。" in stranger
    page = f"/records/certificate/{paper.pk}/"
    statuses = {n: cast.client(n).get(page).status_code for n in ("alice", "frank", "bob", "dave")}
    assert statuses == {"alice": 200, "frank": 200, "bob": 404, "dave": 404}
    assert page in cast.client("alice").get(f"/training/my/course/{course.pk}/").content.decode()
    assert page in cast.client("frank").get(f"/training/learner/{alice.pk}/").content.decode()


def test_certificate_tells_the_days_the_class_met_and_not_those_of_the_paperwork(cast, course):
    """Signed up in March, met in April, found good in May; who joined late was there later."""
    frank = cast.actor("frank")
    for day in (7, 20):
        begins = datetime(2026, 4, day, 1, tzinfo=UTC)
        SessionFactory(
            activity=course.activity, starts_at=begins, ends_at=begins + timedelta(hours=3)
        )
    [early] = enrol(course, by=frank, people=[cast.alice], on=date(2026, 3, 1))
    [late] = enrol(course, by=frank, people=[cast.bob], on=date(2026, 4, 20))
    for one in (early, late):
        judge(one, "passed", by=frank, on=date(2026, 5, 6))

    COURSE.perform(course, "settle", by=frank)

    papers = Certificate.objects.standing().order_by("pk")
    assert [(one.first_on, one.last_on) for one in papers] == [
        (date(2026, 4, 7), date(2026, 4, 20)), (date(2026, 4, 20), date(2026, 4, 20)),
    ]  # fmt: skip


def test_certificate_counts_no_more_while_results_are_reconsidered(cast, course):
    frank = cast.actor("frank")
    [alice] = enrol(course, by=frank, people=[cast.alice], on=date(2026, 4, 7))
    judge(alice, "passed", by=frank, on=date(2026, 5, 1))
    COURSE.perform(course, "settle", by=frank)
    code = Certificate.objects.get().code

    COURSE.perform(course, "reopen", by=frank)
    withdrawn = Client().post("/records/check/", {"code": code}).content.decode()
    COURSE.perform(course, "settle", by=frank)
    again = Certificate.objects.standing().get()

    assert "已经撤回" in withdrawn
    assert again.code == code, "the same facts give the same paper back"
    judge_again = Client().post("/records/check/", {"code": code}).content.decode()
    assert "准予结业" in judge_again


def test_outsider_who_passes_earns_nothing_on_the_roster(cast, course):
    outsider = OutsiderFactory(org=cast.company)
    learner = pending(course, person=None, outsider=outsider)

    judge(learner, Result.PASSED, by=cast.actor("frank"))

    assert credits() == []


def test_nobody_passes_a_class_without_its_hours(cast, programme):
    course = open_course(programme, cast.company, by=cast.actor("frank"))
    learner = pending(course)

    with pytest.raises(DomainError, match="还没有填学时"):
        judge(learner, Result.PASSED, by=cast.actor("frank"))


def test_result_is_not_before_joining(cast, course):
    learner = pending(course, joined_on=date(2026, 5, 1))

    with pytest.raises(DomainError, match="不能早于入学日期"):
        judge(learner, Result.FAILED, by=cast.actor("frank"), on=date(2026, 4, 1))


def attending(course: Course, person, share: int) -> Learner:
    """Came to so many of the class's four equal sessions."""
    registration = RegistrationFactory(activity=course.activity, person=person)
    for session in course.activity.sessions.order_by("starts_at")[:share]:
        AttendanceFactory(session=session, registration=registration, in_at=session.starts_at)
    return pending(course, person=person, registration=registration)


def test_terms_pass_those_who_met_them_and_leave_the_rest(cast):
    quiz = QuizFactory(org=cast.company, pass_points=60)
    course = CourseFactory(org=cast.company, attendance=75, quiz=quiz)
    for n in range(4):
        at = START + timedelta(days=n)
        SessionFactory(activity=course.activity, starts_at=at, ends_at=at + timedelta(minutes=50))
    met = attending(course, cast.alice, 3)  # exactly 75 %
    short = attending(course, cast.bob, 2)
    untested = attending(course, cast.grace, 4)
    for person, score in ((cast.alice, 59), (cast.bob, 80)):
        AttemptFactory(
            quiz=quiz, person=person, score=score, total=100, handed_in_at=START, pass_points=60
        )
    AttemptFactory(
        quiz=quiz, person=cast.alice, number=2, score=60, total=100, handed_in_at=START
    )  # the better counts

    passed, left = judge_by_terms(course, by=cast.actor("frank"))

    assert passed == 1
    assert left == {short.pk: ["出勤不到 75%"], untested.pk: ["没有参加测验"]}
    met.refresh_from_db()
    assert met.result == "passed"


def test_class_that_asks_for_nothing_judges_nobody_by_itself(cast, course):
    pending(course)

    with pytest.raises(DomainError, match="没有设出勤或测验要求"):
        judge_by_terms(course, by=cast.actor("frank"))


def test_results_are_out_when_everybody_has_one(cast, course):
    frank = cast.actor("frank")
    learner = pending(course, person=cast.alice)
    with pytest.raises(DomainError, match="还有 1 人在学"):
        COURSE.perform(course, "settle", by=frank)
    judge(learner, Result.LEFT, by=frank)

    done = COURSE.perform(course, "settle", by=frank)

    with pytest.raises(DomainError, match="重新核定"):
        judge(learner, Result.PASSED, by=frank)
    COURSE.perform(done, "reopen", by=frank)
    judge(learner, Result.PASSED, by=frank)
    with pytest.raises(DomainError, match="不能停办"):
        COURSE.perform(done, "cancel", by=frank, reason="人不够")


def test_programme_closes_when_no_class_runs(cast, programme, course):
    frank = cast.actor("frank")
    PROGRAMME.perform(programme, "plan", by=frank)
    with pytest.raises(DomainError, match="还有 1 期没有出结果"):
        PROGRAMME.perform(programme, "close", by=frank)

    COURSE.perform(course, "cancel", by=frank, reason="报名的人少")

    assert PROGRAMME.perform(programme, "close", by=frank).state == "closed"


def test_only_a_mistake_is_taken_out(cast, course):
    mistaken, judged = pending(course), LearnerFactory(course=course)

    drop_learner(mistaken, by=cast.actor("frank"))
    with pytest.raises(DomainError, match="不能移出"):
        drop_learner(judged, by=cast.actor("frank"))

    assert list(course.learners.all()) == [judged]


def test_who_is_taken_out_stands_on_no_list_and_is_not_taken_in_again(cast, programme):
    frank = cast.actor("frank")
    begins = timezone.now() + timedelta(days=3)
    sitting = Sitting(begins, begins + timedelta(hours=3))
    course = open_course(programme, cast.company, by=frank, sitting=sitting)
    [mistaken, stays] = enrol(course, by=frank, people=[cast.alice, cast.bob])

    drop_learner(mistaken, by=frank)

    signed = Registration.objects.filter(activity=course.activity, status="signed")
    assert [one.person for one in signed] == [cast.bob]
    assert take_in_signed(course, by=frank) == []
    assert list(course.learners.all()) == [stays]


def test_people_and_person_times_are_never_mixed(cast, programme):
    one, two = (CourseFactory(org=cast.company, programme=programme, hours=8) for _ in range(2))
    stranger = OutsiderFactory(org=cast.company)
    for course in (one, two):
        LearnerFactory(course=course, person=cast.alice)
        LearnerFactory(course=course, person=None, outsider=stranger, result="failed")
    LearnerFactory(course=one, person=cast.bob, result="left")

    found = tally(Learner.objects.all())

    assert (found.people, found.times, found.passed, found.failed) == (2, 4, 2, 2)
    assert found.hours == 16


def test_nothing_is_no_nought(db):
    assert tally(Learner.objects.all()).hours is None


# Outsiders and what they say later


def test_number_is_kept_only_with_consent_and_never_shown(cast):
    frank = cast.client("frank")
    data = {"name": "刘芳", "sort": "laid_off", "org": f"#{cast.company.pk}",
            "contact": "13912345678"}  # fmt: skip

    refused = frank.post("/training/outsider/new/", data)
    kept = frank.post("/training/outsider/new/", data | {"agreed_on": "2026-04-01"}, follow=True)

    assert "要本人同意" in refused.content.decode()
    made = Outsider.objects.get()
    page = kept.content.decode()
    assert made.contact.reveal() == "13912345678"
    assert ("13912345678" in page, "139****5678" in page) == (False, True)
    edit = frank.get(f"/training/outsider/{made.pk}/edit/").content.decode()
    assert "5678" not in edit
    frank.post(f"/training/outsider/{made.pk}/edit/", {"name": "刘芳芳", "sort": "laid_off",
                                                       "agreed_on": "2026-04-01"})  # fmt: skip
    made.refresh_from_db()
    assert (made.name, made.contact.reveal()) == ("刘芳芳", "13912345678")


@time_machine.travel("2026-09-01 09:00:00+08:00")
def test_rates_are_over_those_who_were_asked_by_what_they_said_last(cast):
    frank = cast.actor("frank")
    course = CourseFactory(org=cast.company)
    again = CourseFactory(org=cast.company)
    one, two, _unasked = (
        LearnerFactory(course=course, person=None, outsider=OutsiderFactory()) for _ in range(3)
    )
    same = LearnerFactory(course=again, person=None, outsider=one.outsider)
    for learner, day, yes in ((one, 10, False), (same, 20, True), (two, 15, False)):
        ask_outcome(
            learner, by=frank, kind="employed", asked_on=date(2026, 8, day), is_reached=yes,
            evidence="在安澜物业上岗" if yes else "",
        )  # fmt: skip

    rates = {one.kind: one for one in outcome_rates(Outcome.objects.all())}

    assert (rates["employed"].reached, rates["employed"].asked) == (1, 2)
    assert rates["employed"].share == "50.0%"
    assert rates["lifted"].share == "还没有回访"
    before = outcome_rates(Outcome.objects.all(), until=date(2026, 8, 15))[0]
    assert (before.reached, before.asked) == (0, 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"asked_on": date(2030, 1, 1)}, "还没有到"),
        ({"asked_on": date(2026, 1, 1)}, "早于入学"),
        ({"is_reached": True}, "请写依据"),
    ],
)
def test_what_is_no_proper_answer_is_refused(cast, change, words):
    learner = LearnerFactory(course__org=cast.company)
    said = {"kind": "employed", "asked_on": date(2026, 4, 1), "is_reached": False} | change

    with time_machine.travel("2026-09-01"), pytest.raises(DomainError, match=words):
        ask_outcome(learner, by=cast.actor("frank"), **said)


def test_learner_is_a_member_or_an_outsider(cast):
    course = CourseFactory(org=cast.company)

    for facts in ({"person": None}, {"person": cast.alice, "outsider": OutsiderFactory()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LearnerFactory(course=course, **facts)


def test_two_registrations_of_one_guest_never_share_a_learner(cast, course):
    outsider = OutsiderFactory(org=cast.company)

    enrol(course, by=cast.actor("frank"), outsiders=[outsider])
    enrol(course, by=cast.actor("frank"), outsiders=[outsider])

    assert Registration.objects.filter(activity=course.activity).count() == 1
