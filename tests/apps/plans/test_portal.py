"""The member's pages through their doors: my tasks, one of them, a word on how it goes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.plans.models import ItemState, PlanState, Progress
from gonghui.core.files.models import Attachment
from gonghui.core.history.trail import history_of
from tests.factories.plans import (
    ItemFactory,
    OccurrenceFactory,
    PlanFactory,
    ProgressFactory,
    TargetFactory,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


@pytest.fixture
def plan(cast):
    return PlanFactory(org=cast.company, title="公司计划", state=PlanState.RUNNING)


@pytest.fixture
def task(cast, plan):
    return ItemFactory(plan=plan, org=cast.company, text="办黑板报", owner=cast.alice)


def url(task):
    return reverse("plans:portal-task", args=[task.pk])


def say(cast, task, name="alice", **said):
    said = {"text": "出了一期", "on": timezone.localdate().isoformat()} | said
    return cast.client(name).post(url(task), said)


def test_list_shows_mine_and_what_my_unions_published(cast, plan, task):
    ItemFactory(plan=plan, org=cast.company, text="别人的", owner=cast.bob)
    ItemFactory(plan=plan, org=cast.company, text="帮忙的").helpers.add(cast.alice)
    ItemFactory(
        plan=plan,
        org=cast.company,
        text="办完的",
        owner=cast.alice,
        state=ItemState.DONE,
        finished_on=timezone.localdate(),
    )
    PlanFactory(org=cast.company, title="还没印发的", state=PlanState.APPROVED)
    PlanFactory(org=cast.other_company, title="外人的", state=PlanState.RUNNING)

    html = cast.client("alice").get(reverse("plans:portal-tasks")).content.decode()

    for words in ("办黑板报", "帮忙的", "办完的", "公司计划"):
        assert words in html
    for words in ("别人的", "还没印发的", "外人的"):
        assert words not in html


def test_list_without_tasks_teaches(cast):
    html = cast.client("mallory").get(reverse("plans:portal-tasks")).content.decode()

    assert "没有要您办的任务" in html
    assert "还没有公布的计划" in html


def test_task_shows_what_it_promises_and_what_was_done(cast, plan, task):
    TargetFactory(item=task)
    note = ProgressFactory(item=task, text="三月的一期出了")
    section = ItemFactory(plan=plan, org=cast.company, kind="section", marker="二、", text="宣传")
    task.parent = section
    task.save()

    html = cast.client("alice").get(url(task)).content.decode()

    for words in ("办黑板报", "&gt;=200人", "三月的一期出了", note.by.name, "二、宣传"):
        assert words in html


def test_task_of_an_unpublished_or_foreign_plan_does_not_exist(cast, plan):
    draft = PlanFactory(org=cast.company)
    hidden = ItemFactory(plan=draft, org=cast.company)
    foreign = ItemFactory(org=cast.other_company)
    client = cast.client("alice")

    assert client.get(url(hidden)).status_code == 404
    assert client.get(url(foreign)).status_code == 404


def test_who_does_not_work_on_it_reads_and_cannot_write(cast, task):
    task.owner = cast.bob
    task.save()

    html = cast.client("alice").get(url(task)).content.decode()

    assert "报进展" not in html
    assert say(cast, task).status_code == 404
    assert not Progress.objects.exists()


def test_first_word_begins_the_task(cast, task):
    response = say(cast, task, proof=SimpleUploadedFile("黑板.png", PNG))

    task.refresh_from_db()
    assert response.url == url(task)
    assert task.state == ItemState.DOING
    note = task.progress_notes.get()
    assert (note.text, note.by) == ("出了一期", cast.alice)
    assert Attachment.objects.get().name == "黑板.png"
    assert "黑板.png" in cast.client("alice").get(url(task)).content.decode()


def test_last_word_ends_it(cast, task):
    day = timezone.localdate() - timedelta(days=1)

    say(cast, task, on=day.isoformat(), is_done="on")

    task.refresh_from_db()
    assert (task.state, task.finished_on) == (ItemState.DONE, day)
    assert task.progress_notes.count() == 1
    assert {entry.verb for entry in history_of(task)} == {"progress", "finish"}
    assert "报进展" not in cast.client("alice").get(url(task)).content.decode()


def test_turn_is_kept_and_the_next_one_follows(cast, task):
    first = OccurrenceFactory(item=task, starts_on=date(2026, 3, 1), due_on=date(2026, 3, 31))
    OccurrenceFactory(item=task, starts_on=date(2026, 4, 1), due_on=date(2026, 4, 30))

    say(cast, task, is_done="on", proof=SimpleUploadedFile("板.png", PNG))

    task.refresh_from_db()
    first.refresh_from_db()
    assert first.done_on == timezone.localdate()
    assert (task.state, task.due_on) == (ItemState.DOING, date(2026, 4, 30))
    assert Attachment.objects.get().name == "板.png"


def test_last_turn_ends_the_task(cast, task):
    OccurrenceFactory(item=task)

    say(cast, task, is_done="on")

    task.refresh_from_db()
    assert task.state == ItemState.DONE


def test_word_on_a_turn_leaves_it_open(cast, task):
    turn = OccurrenceFactory(item=task)

    say(cast, task)

    assert task.progress_notes.get().occurrence == turn
    turn.refresh_from_db()
    assert turn.done_on is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": ""}, "请写一句做了什么。"),
        ({"on": "2999-01-01"}, "日期还没到"),
    ],
)
def test_wrong_word_is_said_and_nothing_is_lost(cast, task, said, words):
    response = say(cast, task, **{"text": "写了很多"} | said)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Progress.objects.exists()


def test_refused_file_leaves_nothing_half_saved(cast, task):
    response = say(cast, task, proof=SimpleUploadedFile("坏.exe", b"MZ"))

    assert response.status_code == 422
    assert "不是可以上传的文件" in response.content.decode()
    assert "出了一期" in response.content.decode()
    assert not Progress.objects.exists()


def test_list_costs_the_same_for_any_number(cast, plan, task, django_assert_max_num_queries):
    client, address = cast.client("alice"), reverse("plans:portal-tasks")
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    for _ in range(6):
        ItemFactory(plan=plan, org=cast.company, owner=cast.alice)

    with django_assert_max_num_queries(20) as many:
        client.get(address)

    assert len(many) == len(few)
