"""Two officers with the same form open: the second is told, and loses nothing."""

from __future__ import annotations

import re
from datetime import date
from time import sleep

import pytest
from django.urls import reverse

from gonghui.apps.plans.models import Item
from gonghui.core.screens import screens
from tests.factories.plans import make_plan
from tests.together import AT_ONCE, together


@pytest.fixture
def task(cast) -> Item:
    plan = make_plan(cast.company, tasks=1)
    return plan.items.get(kind="task")


def opened(client, address: str) -> str:
    """What the form says of the record it was drawn from."""
    found = re.search(r'name="form_opened" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]


def said(task: Item, **changed: str) -> dict[str, object]:
    return {
        "text": task.text,
        "months": [str(month) for month in task.months],
        "starts_on": task.starts_on.isoformat(),
        "due_on": task.due_on.isoformat(),
        "area": task.area,
        **changed,
    }


def test_second_officer_is_told_and_keeps_what_was_written(cast, task):
    frank, carol = cast.client("frank"), cast.client("carol")
    address = reverse("plans:item-update", args=[task.pk])
    first, second = opened(frank, address), opened(carol, address)

    frank.post(address, {**said(task, due_on="2026-01-20"), "form_opened": first})
    refused = carol.post(address, {**said(task, text="办好另一件事"), "form_opened": second})

    page = refused.content.decode()
    task.refresh_from_db()
    assert refused.status_code == 422
    assert "别人改过到期（现在是“2026-01-20”）" in page
    assert "办好另一件事" in page
    assert (task.text, task.due_on) == ("办好第1件事", date(2026, 1, 20))

    now = re.search(r'name="form_opened" value="([^"]+)"', page)
    assert now
    again = carol.post(
        address,
        {**said(task, text="办好另一件事", due_on="2026-01-22"), "form_opened": now[1]},
    )
    task.refresh_from_db()
    assert again.status_code == 302
    assert (task.text, task.due_on) == ("办好另一件事", date(2026, 1, 22))


def test_one_officer_alone_is_told_nothing(cast, task):
    client, address = cast.client("frank"), reverse("plans:item-update", args=[task.pk])

    for text in ("第一次改", "第二次改"):
        said_now = {**said(task, text=text), "form_opened": opened(client, address)}
        assert client.post(address, said_now).status_code == 302

    task.refresh_from_db()
    assert task.text == "第二次改"


def test_a_mistake_of_ones_own_hides_no_news(cast, task):
    """The mark that comes back is that of the page on which the news stands."""
    client, address = cast.client("frank"), reverse("plans:item-update", args=[task.pk])
    mark = opened(client, address)
    Item.objects.filter(pk=task.pk).update(area="care")

    page = client.post(address, {**said(task, text=""), "form_opened": mark}).content.decode()

    assert "工作方面（现在是“关爱帮扶”）" in page
    assert "请填写这一项" in page


def test_what_a_value_was_cannot_be_read_out_of_its_mark(cast, task):
    mark = opened(cast.client("frank"), reverse("plans:item-update", args=[task.pk]))

    assert re.fullmatch(r"(\w+:[0-9a-f]{12} ?)+", mark)


@pytest.mark.parametrize("nonsense", ["", "text", "text:", ":::", "nothing:abc", "text:0 due_on:"])
def test_nonsense_saves_nothing_worse(cast, task, nonsense):
    client, address = cast.client("frank"), reverse("plans:item-update", args=[task.pk])

    answer = client.post(address, {**said(task), "form_opened": nonsense})

    assert answer.status_code in (302, 422)


class TestInTheSameMoment:
    pytestmark = AT_ONCE

    def test_of_two_saves_one_is_told(self, cast, task, monkeypatch):
        """Each is made to rest between its look and its save, where the other would slip in."""
        address, answers = reverse("plans:item-update", args=[task.pk]), []
        looked = screens.news
        monkeypatch.setattr(screens, "news", lambda *said: (looked(*said), sleep(0.3))[0])

        def save(name: str, **changed: str):
            client = cast.client(name)
            mark = opened(client, address)
            form = {**said(task, **changed), "form_opened": mark}
            return lambda: answers.append(client.post(address, form).status_code)

        acts = save("frank", due_on="2026-01-20"), save("carol", text="办好另一件事")
        assert together(*acts) == []

        task.refresh_from_db()
        assert sorted(answers) == [302, 422]
        assert (task.text, task.due_on) in [
            ("办好第1件事", date(2026, 1, 20)),
            ("办好另一件事", date(2026, 1, 25)),
        ]
