"""Steps over many tasks at once: who takes them, what is refused and why."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from gonghui.apps.plans.models import Directive, Item
from gonghui.core.history.trail import history_of
from gonghui.core.notices.inbox import inbox_of
from tests.factories.organisation import OrgFactory
from tests.factories.plans import DirectiveFactory, make_plan

LIST = reverse("plans:item-list")


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-10T10:00:00+08:00"):
        yield


@pytest.fixture
def tasks(cast) -> list[Item]:
    plan = make_plan(cast.company, tasks=4)
    return list(plan.items.filter(kind="task").order_by("position"))


def chosen(name: str, tasks: list[Item], **answers: str) -> dict[str, object]:
    picked = [str(task.pk) for task in tasks]
    return {"bulk": name, "selected": picked, "sure": "1", **answers}


def states(tasks: list[Item]) -> list[str]:
    return [Item.objects.get(pk=task.pk).state for task in tasks]


def test_officer_gives_several_tasks_to_one_person(cast, tasks):
    data = chosen("assign", tasks[:2], owner=f"{cast.bob} #{cast.bob.pk}")

    page = cast.client("frank").post(LIST, data, follow=True).content.decode()

    assert "「改负责人」办成 2 条" in page
    assert set(Item.objects.filter(owner=cast.bob)) == set(tasks[:2])
    assert history_of(tasks[0]).first().verb == "assign"
    assert inbox_of(cast.bob).count() == 2


def test_who_has_a_task_already_or_lies_outside_is_told_with_the_reason(cast, tasks):
    Item.objects.filter(pk=tasks[0].pk).update(owner=cast.bob)
    data = chosen("assign", tasks[:2], owner=f"{cast.bob} #{cast.bob.pk}")

    page = cast.client("frank").post(LIST, data, follow=True).content.decode()
    strange = cast.client("frank").post(LIST, chosen("assign", tasks, owner=cast.dave.name))

    assert "办成 1 条，没有办成 1 条" in page
    assert "已经由「" in page
    assert strange.status_code == 422


@pytest.mark.parametrize("both", [True, False])
def test_one_person_or_one_body_is_asked_for(cast, tasks, both):
    answers = {"owner": f"#{cast.bob.pk}", "owner_org": f"#{cast.branch.pk}"} if both else {}

    page = cast.client("frank").post(LIST, chosen("assign", tasks, **answers))

    assert page.status_code == 422
    assert "也只填一个" in page.content.decode()


def test_task_of_a_branch_is_not_given_to_the_company(cast):
    plan = make_plan(cast.branch, tasks=1)
    task = plan.items.get(kind="task")
    data = chosen("assign", [task], owner_org=f"#{cast.second_branch.pk}")

    page = cast.client("frank").post(f"{LIST}?scope=below", data, follow=True).content.decode()

    assert "不能负责它的任务" in page
    assert Item.objects.get(pk=task.pk).owner_org is None


def test_tasks_are_put_off_with_a_reason_and_what_is_done_is_refused(cast, tasks):
    Item.objects.filter(pk=tasks[1].pk).update(state="done")
    data = chosen("put_off", tasks[:2], month="2026-09", reason="场地维修")

    page = cast.client("frank").post(LIST, data, follow=True).content.decode()

    assert states(tasks[:2]) == ["put_off", "done"]
    assert "办成 1 条，没有办成 1 条" in page
    assert Item.objects.get(pk=tasks[0].pk).reason == "场地维修"


def test_putting_off_asks_for_its_reason(cast, tasks):
    page = cast.client("frank").post(LIST, chosen("put_off", tasks, month="2026-09"))

    assert page.status_code == 422
    assert states(tasks) == ["not_started"] * 4


def test_late_tasks_are_finished_where_they_are_listed(cast, tasks):
    address = reverse("plans:overdue")

    page = cast.client("frank").post(
        address, chosen("finish", tasks[:1], on="2026-06-01"), follow=True
    )

    assert states(tasks[:2]) == ["done", "not_started"]
    assert page.request["PATH_INFO"] == address


def test_a_reader_is_offered_nothing_and_changes_nothing(cast, tasks):
    client = cast.client("alice")

    client.post(LIST, chosen("finish", tasks, on="2026-06-01"))

    assert states(tasks) == ["not_started"] * 4
    assert b'name="selected"' not in client.get(LIST).content


def test_several_tasks_are_sent_down_at_once(cast, tasks):
    other = OrgFactory(name="安澜货运工会", parent=cast.city)
    city = make_plan(cast.city, tasks=3)
    first, second, third = city.items.filter(kind="task").order_by("position")
    DirectiveFactory(item=first, org=cast.company)
    client, words = cast.client("carol"), {"words": "按月报进度", "due_on": "2026-09-30"}

    named = {"to": "named", "units": str(other), **words}
    client.post(LIST, chosen("send_down", [second, third], **named))
    page = client.post(
        LIST, chosen("send_down", [first, second], to="direct", **words), follow=True
    ).content.decode()

    assert "「下达给下级」办成 2 条" in page
    sent = {(d.item_id, d.org_id, d.words) for d in Directive.objects.exclude(words="")}
    assert sent == {
        (second.pk, other.pk, "按月报进度"),
        (third.pk, other.pk, "按月报进度"),
        (first.pk, other.pk, "按月报进度"),
        (second.pk, cast.company.pk, "按月报进度"),
    }


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"to": "named"}, "请写明下达给哪些单位"),
        ({"to": "direct", "units": "安澜机械公司工会"}, "请选“只给写明的单位”"),
        ({"to": "named", "units": "临江邮政工会"}, "没有找到"),
        ({"to": "direct", "due_on": "2026-06-01"}, "完成期限已经过去"),
    ],
)
def test_sending_down_says_what_is_wrong(cast, answers, sentence):
    city = make_plan(cast.city, tasks=1)
    task = city.items.get(kind="task")

    answer = cast.client("carol").post(LIST, chosen("send_down", [task], **answers))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Directive.objects.exists()


def test_sending_down_is_for_who_may_send(cast, tasks):
    """Bob leads a branch and sends nothing; below Frank's company there are its branches."""
    assert cast.client("bob").post(LIST, chosen("send_down", tasks, to="direct")).status_code != 500
    assert not Directive.objects.exists()

    cast.client("frank").post(LIST, chosen("send_down", tasks[:1], to="direct"))
    assert {d.org for d in Directive.objects.all()} == {cast.branch, cast.second_branch}
