"""One step over many rows: who may, to which rows, what was refused and why."""

from __future__ import annotations

import pytest
from django import forms
from django.urls import reverse

from gonghui.core.history.trail import history_of
from gonghui.core.jobs.models import Job, Stage
from gonghui.core.notices.inbox import inbox_of
from gonghui.core.people.models import Person
from gonghui.core.screens import bulk
from gonghui.core.screens.bulk import BulkAction
from gonghui.core.screens.screens import registry
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import Rule, everybody
from tests.factories.organisation import PersonFactory

LIST = reverse("membership:person-list")


class Note(forms.Form):
    note = forms.CharField(label="说明")


def rename(person, *, by, note="甲"):
    """Stands for any action: writes, and refuses some."""
    Person.objects.filter(pk=person.pk).update(pinyin=note)
    if person.name == "不行":
        raise DomainError("这位的档案已经封存。")


@pytest.fixture
def steps(monkeypatch):
    """The list of people offers a step that asks, one that warns and one that does neither."""

    def offer(rule=everybody):
        own = (
            BulkAction("plain", "直接办", rule, rename),
            BulkAction("ask", "问了再办", rule, rename, form=Note),
            BulkAction("warn", "想好再办", rule, rename, confirm="办了就改不回来。"),
        )
        monkeypatch.setattr(registry["people.person"], "bulk", own)

    offer()
    return offer


@pytest.fixture
def people(cast):
    return [PersonFactory(name=name, org=cast.company) for name in ("张一", "不行", "张三")]


def pks(people):
    return [person.pk for person in people]


def read(people):
    return [Person.objects.get(pk=person.pk).pinyin == "甲" for person in people]


def test_chosen_rows_are_done_and_the_rest_is_left_alone(cast, people, steps):
    page = cast.client("frank").post(
        f"{LIST}?sex=", {"bulk": "plain", "selected": pks(people)[::2]}, follow=True
    )

    assert read(people) == [True, False, True]
    assert "「直接办」办成 2 条。" in page.content.decode()
    assert page.request["PATH_INFO"] == LIST
    assert inbox_of(cast.frank).count() == 0


def test_refused_rows_are_told_with_their_reason_and_undone(cast, people, steps):
    page = cast.client("frank").post(LIST, {"bulk": "plain", "selected": pks(people)}, follow=True)
    text = page.content.decode()

    assert read(people) == [True, False, True]
    assert "办成 2 条，没有办成 1 条" in text
    assert "这位的档案已经封存。" in text
    assert page.request["PATH_INFO"].startswith("/jobs/")


def test_rows_of_others_are_never_touched(cast, people, steps):
    stranger = PersonFactory(org=cast.other_company, pinyin="kept")

    cast.client("frank").post(LIST, {"bulk": "plain", "selected": [stranger.pk]})

    stranger.refresh_from_db()
    assert stranger.pinyin == "kept"


def test_rows_the_rule_leaves_out_are_told(cast, people, steps):
    steps(Rule(lambda actor: everybody(actor) & registry_named("张一"), "张一"))

    page = cast.client("frank").post(LIST, {"bulk": "plain", "selected": pks(people)}, follow=True)

    assert read(people) == [True, False, False]
    assert "它现在的状态不能「直接办」" in page.content.decode()


def registry_named(name):
    from django.db.models import Q

    return Q(name=name)


def test_step_nobody_here_may_take_is_not_offered(cast, people, steps):
    assert b'name="selected"' in cast.client("frank").get(LIST).content

    steps(Rule(lambda actor: registry_named("没有人"), "nobody here"))

    page = cast.client("frank").get(LIST).content
    assert b'name="selected"' not in page
    assert b'value="plain"' not in page


def test_all_pages_means_the_list_as_it_is_filtered(cast, people, steps):
    for number in range(40):
        PersonFactory(name=f"李{number}", org=cast.company)

    cast.client("frank").post(f"{LIST}?q=李", {"bulk": "plain", "all_pages": "1"})

    assert Person.objects.filter(pinyin="甲").count() == 40
    assert read(people) == [False, False, False]


def test_step_that_asks_shows_its_form_first(cast, people, steps):
    frank, said = cast.client("frank"), {"bulk": "ask", "selected": pks(people)[:1]}

    page = frank.post(LIST, said).content.decode()
    wrong = frank.post(LIST, said | {"sure": "1"})
    done = read(people)
    frank.post(LIST, said | {"sure": "1", "note": "甲"})

    assert "将对选中的 1 条记录办理「问了再办」" in page
    assert wrong.status_code == 422
    assert (done, read(people)) == ([False] * 3, [True, False, False])


def test_step_that_cannot_be_undone_asks_once_more(cast, people, steps):
    frank, said = cast.client("frank"), {"bulk": "warn", "all_pages": "1"}

    page = frank.post(f"{LIST}?q=张", said).content.decode()
    before = read(people)
    frank.post(f"{LIST}?q=张", said | {"sure": "1"})

    assert "办了就改不回来。" in page
    assert "将对选中的 2 条记录" in page
    assert (before, read(people)) == ([False] * 3, [True, False, True])


def test_many_rows_go_into_the_background(cast, people, steps, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 2)

    cast.client("frank").post(LIST, {"bulk": "plain", "selected": pks(people)})

    job = Job.objects.get()
    assert (job.stage, job.done, job.total) == (Stage.DONE, 3, 3)
    assert job.result["refused"] == [["不行", "这位的档案已经封存。"]]
    assert inbox_of(cast.frank).get().title == "直接办：人员 3 条：已完成"


def test_nothing_chosen_is_said(cast, steps):
    page = cast.client("frank").post(LIST, {"bulk": "plain"}, follow=True).content.decode()

    assert "还没有勾选记录" in page
    assert Job.objects.count() == 0


def test_unknown_step_does_not_exist(cast, steps):
    assert cast.client("frank").post(LIST, {"bulk": "other"}).status_code == 404


def test_people_are_moved_together(cast, people):
    answer = {"bulk": "transfer", "sure": "1", "org": "二分会", "reason": "分会调整"}

    cast.client("frank").post(LIST, answer | {"selected": pks(people)})

    moved = {Person.objects.get(pk=person.pk).org for person in people}
    assert moved == {cast.second_branch}
    assert history_of(people[0])[0].verb == "transfer"
