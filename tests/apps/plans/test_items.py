"""Tasks through their doors: listed, corrected, added, noted upon and measured."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gonghui.apps.plans.models import Item, Occurrence, Progress, Target
from gonghui.core.history.trail import history_of
from tests.factories.plans import (
    DirectiveFactory,
    ItemFactory,
    OccurrenceFactory,
    TargetFactory,
    make_plan,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("_in_june")]


@pytest.fixture
def _in_june():
    with time_machine.travel("2026-06-10T10:00:00+08:00"):
        yield


@pytest.fixture
def plan(cast):
    return make_plan(cast.company, tasks=12)


def tasks_of(plan):
    return list(plan.items.filter(kind="task").order_by("position"))


def address(name: str, *args: object) -> str:
    return reverse(f"plans:{name}", args=args)


def listed(response) -> list[Item]:
    return [row.record for row in response.context["table"].page]


def sheet(response) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_list_shows_tasks_by_due_day_and_the_undated_last(cast, plan):
    undated = ItemFactory(org=cast.company, plan=plan, position=99, text="适时召开座谈会")

    response = cast.client("frank").get(address("item-list"))

    assert listed(response)[0].due_on == date(2026, 1, 25)
    assert listed(response)[-1] == undated
    assert "未定日期" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"due": "late"}, 5),
        ({"due": "undated"}, 1),
        ({"due": "soon"}, 0),
        ({"month": "2026-07"}, 1),
        ({"area": "learning"}, 6),
        ({"area": "none"}, 1),
        ({"state": "done"}, 0),
        ({"owner": "鲍博"}, 1),
        ({"owner": "无"}, 12),
        ({"q": "座谈会"}, 1),
        ({"due_min": "2026-06-01", "due_max": "2026-07-31"}, 2),
        ({"month": "13"}, 0),
        ({"plans": "closed"}, 0),
    ],
)
def test_list_is_filtered(cast, plan, query, count):
    ItemFactory(org=cast.company, plan=plan, position=99, text="适时召开座谈会", owner=cast.bob)

    response = cast.client("frank").get(address("item-list"), query)

    assert len(listed(response)) == count


def test_chosen_owner_is_one_person_and_not_a_namesake(cast, plan):
    own = ItemFactory(org=cast.company, plan=plan, position=99, owner=cast.bob)
    ItemFactory(org=cast.company, plan=plan, position=98, owner=cast.alice)

    response = cast.client("frank").get(
        address("item-list"), {"owner": f"{cast.bob} #{cast.bob.pk}"}
    )

    assert listed(response) == [own]


def test_export_holds_exactly_what_is_shown(cast, plan):
    response = cast.client("frank").get(address("item-list"), {"due": "late", "export": "xlsx"})

    rows = sheet(response)
    assert [row[1] for row in rows[2:]] == [f"办好第{n}件事" for n in range(1, 6)]
    assert rows[2][6].date() == date(2026, 1, 25)


def test_pdf_is_written_too(cast, plan):
    response = cast.client("frank").get(address("item-list"), {"export": "pdf"})

    assert response.content.startswith(b"%PDF")


def test_strangers_find_no_task_and_no_door(cast, plan):
    task = tasks_of(plan)[0]
    target = TargetFactory(item=task)
    for name in ("mallory", "dave"):
        client = cast.client(name)

        assert listed(client.get(address("item-list"), {"scope": "below"})) == []
        assert client.get(address("item-detail", task.pk)).status_code == 404
        for door in ("item-progress", "item-turn", "item-actual"):
            data = {"on": "2026-06-01", "text": "假的", "target": target.pk}
            assert client.post(address(door, task.pk), data).status_code == 404
    assert Progress.objects.count() == 0


def test_leader_reads_and_cannot_write(cast, plan):
    task = tasks_of(plan)[0]
    client = cast.client("grace")

    page = client.get(address("item-detail", task.pk))
    noted = client.post(address("item-progress", task.pk), {"on": "2026-06-01", "text": "好"})

    assert page.status_code == 200
    assert page.context["panels"][0].context["note_form"] is None
    assert noted.status_code == 404


def test_progress_is_noted_with_its_photo(cast, plan):
    task = tasks_of(plan)[0]
    photo = SimpleUploadedFile("现场.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    data = {"on": "2026-06-09", "text": "开了动员会，42 人参加。", "files": [photo]}

    response = cast.client("frank").post(address("item-progress", task.pk), data)

    page = cast.client("frank").get(response.url).content.decode()
    assert "开了动员会，42 人参加。" in page
    assert "现场.png" in page
    assert [entry.verb for entry in history_of(task)] == ["start", "progress"]
    task.refresh_from_db()
    assert task.state == "doing"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"on": "2026-06-11", "text": "明天的事"}, "日期还没到"),
        ({"on": "2026-06-09", "text": ""}, "请写一句做了什么"),
    ],
)
def test_wrong_note_comes_back_with_what_was_typed(cast, plan, data, sentence):
    task = tasks_of(plan)[0]

    response = cast.client("frank").post(address("item-progress", task.pk), data)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert data["text"] in page
    assert Progress.objects.count() == 0


def test_refused_file_leaves_no_note(cast, plan):
    task = tasks_of(plan)[0]
    data = {"on": "2026-06-09", "text": "好", "files": [SimpleUploadedFile("a.exe", b"MZ12")]}

    response = cast.client("frank").post(address("item-progress", task.pk), data)

    assert response.status_code == 422
    assert "不是可以上传的文件" in response.content.decode()
    assert Progress.objects.count() == 0


def test_empty_file_is_told_what_to_do(cast, plan):
    data = {"on": "2026-06-09", "text": "好", "files": [SimpleUploadedFile("a.pdf", b"")]}

    response = cast.client("frank").post(address("item-progress", tasks_of(plan)[0].pk), data)

    assert "有一个文件是空的（0 字节），请检查后重新选择。" in response.content.decode()
    assert Progress.objects.count() == 0


@pytest.fixture
def quarterly(cast, plan):
    task = ItemFactory(
        org=cast.company,
        plan=plan,
        position=50,
        text="每季度检查一次",
        every=[{"unit": "quarter", "min": 1, "max": 1}],
        starts_on=date(2026, 4, 1),
        due_on=date(2026, 6, 30),
    )
    for first, last, done in ((1, 3, date(2026, 3, 20)), (4, 6, None), (7, 9, None)):
        day = 31 if last == 3 else 30
        OccurrenceFactory(
            item=task, starts_on=date(2026, first, 1), due_on=date(2026, last, day), done_on=done
        )
    return task


def test_repeated_task_shows_its_turns_and_keeps_one(cast, quarterly):
    client = cast.client("frank")
    turn = Occurrence.objects.get(item=quarterly, starts_on=date(2026, 4, 1))

    before = client.get(address("item-detail", quarterly.pk)).content.decode()
    client.post(address("item-turn", quarterly.pk), {"turn": turn.pk, "on": "2026-06-08"})
    after = client.get(address("item-detail", quarterly.pk)).content.decode()

    assert "1 / 3 次" in before
    assert "2 / 3 次" in after
    quarterly.refresh_from_db()
    assert (quarterly.due_on, quarterly.state) == (date(2026, 9, 30), "doing")


def test_last_turn_finishes_the_task(cast, quarterly):
    """Else it would be late from the day after, with nothing left to do."""
    client = cast.client("frank")

    for turn in Occurrence.objects.filter(item=quarterly, done_on=None):
        answer = client.post(
            address("item-turn", quarterly.pk), {"turn": turn.pk, "on": "2026-06-08"}, follow=True
        )

    quarterly.refresh_from_db()
    assert (quarterly.state, quarterly.finished_on) == ("done", date(2026, 6, 8))
    assert "各期都记过了" in answer.content.decode()
    assert history_of(quarterly).first().verb == "finish"


def test_turn_of_what_was_put_off_takes_it_up_again(cast, quarterly):
    """Else it would say that it was put off to the month of its next turn."""
    Item.objects.filter(pk=quarterly.pk).update(state="put_off", due_on=date(2026, 12, 31))
    turn = Occurrence.objects.get(item=quarterly, starts_on=date(2026, 4, 1))

    cast.client("frank").post(
        address("item-turn", quarterly.pk), {"turn": turn.pk, "on": "2026-06-08"}
    )

    quarterly.refresh_from_db()
    assert (quarterly.state, quarterly.due_on) == ("doing", date(2026, 9, 30))


def test_turn_of_another_task_is_not_kept(cast, plan, quarterly):
    turn = Occurrence.objects.get(item=quarterly, starts_on=date(2026, 4, 1))
    other = tasks_of(plan)[0]

    response = cast.client("frank").post(
        address("item-turn", other.pk), {"turn": turn.pk, "on": "2026-06-08"}
    )

    turn.refresh_from_db()
    assert (response.status_code, turn.done_on) == (422, None)


def test_actual_is_typed_and_taken_back(cast, plan):
    task = tasks_of(plan)[0]
    target = TargetFactory(item=task, value=Decimal(200), unit="件")
    client, prefix = cast.client("frank"), f"target{target.pk}"

    def say(value: str):
        data = {"target": target.pk, f"{prefix}-value": value, f"{prefix}-on": "2026-06-01"}
        return client.post(address("item-actual", task.pk), data)

    blank = client.get(address("item-detail", task.pk)).content.decode()
    say("168")
    known = client.get(address("item-detail", task.pk)).content.decode()
    wrong = say("很多")
    say("")

    target.refresh_from_db()
    assert "待填" in blank
    assert "实际 168件" in known
    assert "84%" in known
    assert wrong.status_code == 422
    assert (target.actual, target.actual_on) == (None, None)


def test_target_of_another_task_is_not_found(cast, plan):
    first, second = tasks_of(plan)[:2]
    target = TargetFactory(item=second)

    data = {"target": target.pk, f"target{target.pk}-value": "1"}
    response = cast.client("frank").post(address("item-actual", first.pk), data)

    assert response.status_code == 404
    assert Target.objects.get(pk=target.pk).actual is None


def test_officer_corrects_a_task_and_names_its_owner(cast, plan):
    task = tasks_of(plan)[0]
    data = {
        "text": "办好技能比武",
        "owner": f"{cast.bob} #{cast.bob.pk}",
        "helpers": f"{cast.alice}",
        "helper_orgs": f"{cast.branch}、{cast.second_branch}",
        "area": "competitions",
        "months": ["3", "4"],
        "starts_on": "2026-03-01",
        "due_on": "2026-04-30",
    }

    response = cast.client("frank").post(address("item-update", task.pk), data)

    assert response.status_code == 302
    task.refresh_from_db()
    assert (task.text, task.owner, task.months) == ("办好技能比武", cast.bob, [3, 4])
    assert list(task.helpers.all()) == [cast.alice]
    assert set(task.helper_orgs.all()) == {cast.branch, cast.second_branch}
    assert history_of(task).last().changes["helper_orgs"] == [
        "",
        f"{cast.branch}、{cast.second_branch}",
    ]
    assert [entry.verb for entry in history_of(task)] == ["assign", "update"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"owner": "马洛"}, "没有找到"),
        ({"starts_on": "2026-05-01", "due_on": "2026-04-30"}, "到期日期不能早于开始日期"),
        ({"owner": "鲍博", "owner_org": "一分会"}, "只填一个"),
        ({"text": ""}, "请填写这一项"),
    ],
)
def test_wrong_correction_is_explained(cast, plan, said, sentence):
    task = tasks_of(plan)[0]

    response = cast.client("frank").post(
        address("item-update", task.pk), {"text": "办好技能比武", **said}
    )

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_task_is_added_below_a_section(cast, plan):
    head = plan.items.filter(kind="section").first()
    data = {"under": f"item:{head.pk}", "text": "临时增加一场比武", "months": ["9"]}

    form = cast.client("frank").get(address("item-create"), {"under": f"item:{head.pk}"})
    response = cast.client("frank").post(address("item-create"), data)

    assert head.text in form.content.decode()
    task = Item.objects.get(text="临时增加一场比武")
    assert response.url == address("item-detail", task.pk)
    assert (task.parent, task.org, task.due_on) == (head, cast.company, date(2026, 9, 30))


def test_task_is_not_added_to_the_plan_of_others(cast, plan):
    theirs = make_plan(cast.other_company)
    data = {"under": f"plan:{theirs.pk}", "text": "混进去的任务"}

    response = cast.client("frank").post(address("item-create"), data)

    assert response.status_code in (404, 422)
    assert not Item.objects.filter(text="混进去的任务").exists()


def test_phases_and_units_are_shown(cast, plan):
    first, second = tasks_of(plan)[:2]
    Item.objects.filter(pk=second.pk).update(continues=first)
    DirectiveFactory(org=cast.branch, item=second)

    page = cast.client("frank").get(address("item-detail", second.pk)).content.decode()

    assert "前后阶段" in page
    assert first.text in page
    assert str(cast.branch) in page


def test_owner_of_the_branch_may_work_on_the_companys_task(cast, plan):
    task = tasks_of(plan)[0]
    Item.objects.filter(pk=task.pk).update(owner=cast.alice)

    response = cast.client("alice").post(
        address("item-progress", task.pk), {"on": "2026-06-01", "text": "已联系场地。"}
    )

    assert response.status_code == 302
    assert Progress.objects.get().by == cast.alice


def test_a_task_is_shown_by_few_queries_and_its_parts_only_where_it_has_some(cast, plan):
    first, second = tasks_of(plan)[:2]
    DirectiveFactory(org=cast.company, accepted_as=second)
    OccurrenceFactory(item=second)
    Progress.objects.create(item=second, on=date(2026, 6, 1), text="办了一次", by=cast.bob)
    second.helpers.add(cast.bob)
    second.helper_orgs.add(cast.branch)
    client = cast.client("frank")
    client.get(address("item-detail", first.pk))

    with CaptureQueriesContext(connection) as plain:
        client.get(address("item-detail", first.pk))
    page = client.get(address("item-detail", second.pk)).content.decode()

    assert len(plain) <= 11
    assert all(said in page for said in ("办了一次", str(cast.bob), str(cast.branch), "下达</a>"))
