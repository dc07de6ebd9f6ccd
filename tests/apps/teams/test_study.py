"""A session beside the shift is put on record in one form; plans are carried out by steps."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.teams.actions import study
from gonghui.apps.teams.models import PlanStep, Shift, ShiftStudy, StudyPlan
from gonghui.apps.teams.queries.board import taught_by
from gonghui.core.access.models import Role
from gonghui.core.activities.models import Activity
from gonghui.core.credits.models import Credit
from gonghui.kit.errors import DomainError
from tests.factories.organisation import AccountFactory, GrantFactory, OrgFactory, PersonFactory
from tests.factories.teams import InstructorFactory, PlanStepFactory, StudyPlanFactory

pytestmark = pytest.mark.django_db


def yesterday(hour: int = 8) -> datetime:
    day = timezone.localdate() - timedelta(days=1)
    return datetime.combine(day, time(hour), timezone.get_current_timezone())


def said(*came, **facts) -> study.Said:
    given = {
        "theme": "安全规程", "shift": Shift.BEFORE, "starts_at": yesterday(), "minutes": 30,
        "gains": "都能背下来", "came": came,
    }  # fmt: skip
    return study.Said(**(given | facts))


def test_held_session_is_an_activity_with_record_and_credits(cast):
    step = PlanStepFactory(plan__org=cast.branch)
    teacher = PersonFactory(org=cast.company, name="周师傅")

    made = study.note_study(
        cast.branch, said(cast.alice, teacher=teacher, step=step), by=cast.actor("bob")
    )

    assert (made.state, made.kind, made.title) == ("recorded", "study", "班前学习：安全规程")
    assert (made.shift_study.shift, made.record.gains) == ("before", "都能背下来")
    earned = Credit.objects.standing().order_by("kind", "role")
    assert list(earned.values_list("person", "kind", "role")) == [
        (teacher.pk, "contribution", "own"),
        (cast.alice.pk, "learning", "attended"),
        (teacher.pk, "learning", "taught"),
    ]
    assert {float(one.amount) for one in earned.filter(kind="learning")} == {0.5}
    step.refresh_from_db()
    assert (step.activity, step.done_on) == (made, timezone.localdate())


@pytest.mark.parametrize("kind", ["year_group", "section"])
def test_teachers_study_together_and_know_no_shift(cast, kind):
    """R-020: year groups and sections likewise; a study of theirs is none beside a shift."""
    group = OrgFactory(parent=cast.branch, kind=kind, name="七年级组")
    PersonFactory(org=group, name="江老师")
    bob, url = cast.client("bob"), reverse("teams:note", args=[group.pk])

    form = bob.get(url)
    begins = yesterday()
    bob.post(url, {
        "theme": "新课标", "on": f"{begins:%Y-%m-%d}", "at": "16:00", "minutes": "45",
        "came": [one.pk for one in group.people.all()], "gains": "大单元怎么备课",
    })  # fmt: skip
    board = bob.get(reverse("teams:board", args=[group.pk])).content.decode()

    assert "shift" not in form.context["form"].fields
    assert "记一次集体学习" in form.content.decode()
    made = Activity.objects.get()
    assert (made.title, made.state) == ("集体学习：新课标", "recorded")
    assert not ShiftStudy.objects.exists()
    assert "班前" not in board


def test_session_to_come_is_only_arranged(cast):
    made = study.note_study(
        cast.branch,
        said(starts_at=timezone.now() + timedelta(days=1), gains=""),
        by=cast.actor("bob"),
    )

    assert made.state == "announced"
    assert not Credit.objects.exists()


def test_held_session_needs_people_and_gains(cast):
    bob = cast.actor("bob")

    with pytest.raises(DomainError, match="勾选到场的人"):
        study.note_study(cast.branch, said(), by=bob)
    with pytest.raises(DomainError, match="有什么收获"):
        study.note_study(cast.branch, said(cast.alice, gains=" "), by=bob)
    assert not Activity.objects.exists()


def test_leader_of_a_team_notes_on_the_phone_in_one_form(cast):
    team = OrgFactory(parent=cast.branch, kind="team", name="一班")
    leader, member = PersonFactory(org=team, name="班长"), PersonFactory(org=team)
    GrantFactory(person=leader, role=Role.objects.get(name="班组长"), org=team)
    account = AccountFactory(person=leader)
    client = cast.client("bob")
    client.force_login(account)
    url = reverse("teams:note", args=[team.pk])
    data = {
        "theme": "新设备", "shift": "after", "on": f"{yesterday():%Y-%m-%d}", "at": "17:30",
        "minutes": 20, "came": [leader.pk, member.pk], "gains": "会开机了",
    }  # fmt: skip

    assert f'value="{member.pk}"' in client.get(url).content.decode()
    assert client.post(url, data | {"gains": ""}).status_code == 422
    answer = client.post(url, data)

    assert answer.url == reverse("teams:board", args=[team.pk])
    assert Activity.objects.get().state == "recorded"
    assert Credit.objects.standing().count() == 2
    for who in ("alice", "grace", "dave", "mallory"):
        assert cast.client(who).get(url).status_code == 404


def test_plan_is_carried_out_step_by_step(cast):
    bob = cast.client("bob")
    data = {"org": f"#{cast.branch.pk}", "year": 2026, "title": "学习计划", "needs": "新产线"}
    assert bob.post(reverse("teams:studyplan-create"), data).status_code == 302
    assert bob.post(reverse("teams:studyplan-create"), data).status_code == 422
    plan = StudyPlan.objects.get()
    teacher = InstructorFactory(org=cast.branch)
    add = reverse("teams:studyplan-step", args=[plan.pk])

    bob.post(add, {"month": 3, "topic": "看图", "instructor": teacher.pk})
    bob.post(add, {"month": 13, "topic": "看图"})
    step = PlanStep.objects.get()
    mark = reverse("teams:step-mark", args=[step.pk])
    for who in ("alice", "grace", "mallory"):
        assert cast.client(who).post(mark).status_code == 404
    bob.post(mark, {"act": "done"})
    step.refresh_from_db()
    assert step.done_on == timezone.localdate()
    page = bob.get(reverse("teams:studyplan-detail", args=[plan.pk])).content.decode()
    assert "改回" in page
    bob.post(mark, {"act": "undo"})
    step.refresh_from_db()
    assert step.done_on is None
    bob.post(mark, {"act": "drop"})

    assert not PlanStep.objects.exists()


def test_step_that_was_held_is_not_dropped(cast):
    step = PlanStepFactory(plan__org=cast.branch)
    study.note_study(cast.branch, said(cast.alice, step=step), by=cast.actor("bob"))
    bob = cast.client("bob")

    page = bob.post(
        reverse("teams:step-mark", args=[step.pk]), {"act": "drop"}, follow=True
    ).content.decode()

    assert "不能去掉" in page
    assert PlanStep.objects.exists()


def test_instructor_is_somebody_and_what_they_taught_comes_from_records(cast):
    instructor = InstructorFactory(org=cast.branch, person=cast.alice)
    assert taught_by(instructor) == []
    study.note_study(
        cast.branch, said(cast.bob, teacher=cast.alice, theme="看图"), by=cast.actor("bob")
    )

    assert [one.words for one in taught_by(instructor)] == ["班前学习：看图"]
    assert taught_by(InstructorFactory(org=cast.branch, person=None, name="外请老师")) == []
    data = {"org": f"#{cast.branch.pk}", "source": "member", "field": "焊接"}
    bob = cast.client("bob")
    both = data | {"person": f"#{cast.alice.pk}", "name": "某人"}
    url = reverse("teams:instructor-create")
    assert bob.post(url, data).status_code == 422
    assert "填一处" in bob.post(url, both).content.decode()
    assert bob.post(url, data | {"name": "外请老师"}).status_code == 302


def test_plan_of_another_year_is_not_late(cast):
    plan = StudyPlanFactory(org=cast.branch, year=timezone.localdate().year - 1)
    PlanStepFactory(plan=plan, month=1)

    page = cast.client("grace").get(reverse("teams:studyplan-detail", args=[plan.pk]))

    assert "过了月份" not in page.content.decode()
