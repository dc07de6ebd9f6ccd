"""The officer's screens of people: who sees whom, what they write, and accounts."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gonghui.core.access.models import Role
from gonghui.core.history.trail import history_of
from gonghui.core.people.models import Person
from tests.factories.organisation import GrantFactory, PersonFactory

pytestmark = pytest.mark.slow


def at(name, *args, **query):
    tail = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"membership:{name}", args=args) + (f"?{tail}" if tail else "")


def text(response):
    return response.content.decode()


PERSON_PAGES = ("person-detail", "person-update", "person-transfer", "person-account")


@pytest.mark.parametrize("who", ["mallory", "dave", "alice"])
def test_a_person_from_another_subtree_or_without_a_role_gets_404(cast, who):
    client = cast.client(who)

    for name in PERSON_PAGES:
        assert client.get(at(name, cast.bob.pk)).status_code == 404, name


@pytest.mark.parametrize("who", ["bob", "grace"])
def test_who_may_look_may_not_change(cast, who):
    client = cast.client(who)

    assert client.get(at("person-detail", cast.alice.pk)).status_code == 200
    for name in PERSON_PAGES[1:]:
        assert client.get(at(name, cast.alice.pk)).status_code == 404
    assert client.get(at("person-create")).status_code == 404


def test_the_list_shows_the_reach_and_nothing_else(cast):
    people = text(cast.client("carol").get(at("person-list", scope="below")))

    assert "艾丽" in people
    assert "马洛" not in people


def queries_of(client, address):
    client.get(address)  # the first visit of a session notes that it is in use
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize("chosen", [{}, {"columns": "离开日期"}])
def test_the_list_costs_the_same_for_few_and_many(cast, chosen):
    client = cast.client("frank")
    few = queries_of(client, at("person-list", **chosen))

    for _ in range(5):
        PersonFactory(org=cast.company)

    assert queries_of(client, at("person-list", **chosen)) == few


def test_the_list_opens_no_sealed_number(cast):
    with CaptureQueriesContext(connection) as asked:
        cast.client("frank").get(at("person-list"))

    assert not [one["sql"] for one in asked if "people_identity" in one["sql"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=艾", {"艾丽"}),
        ("q=AL", {"艾丽"}),
        ("state=left", {"老孟"}),
        ("state=all", {"艾丽", "鲍博", "老孟"}),
        ("sex=female", set()),
    ],
)
def test_people_are_filtered(cast, query, found):
    PersonFactory(name="老孟", org=cast.branch, left_on=date(2024, 1, 1))

    page = cast.client("bob").get(at("person-list") + f"?{query}")

    assert {row.name for row in page.context["table"].page.object_list.data} == found


def test_a_member_sees_their_own_page_and_no_other(cast):
    client = cast.client("alice")

    assert client.get(at("person-detail", cast.alice.pk)).status_code == 200
    assert client.get(at("person-detail", cast.bob.pk)).status_code == 404
    page = text(client.get(at("person-list", scope="own")))
    assert "艾丽" in page
    assert "鲍博" not in page


def test_a_person_is_registered_changed_and_moved(cast):
    client = cast.client("frank")
    said = {"name": "曾慧", "org": "一分会", "sex": "female"}

    client.post(at("person-create", org=cast.branch.pk), said)
    person = Person.objects.get(name="曾慧")
    assert (person.org, person.pinyin) == (cast.branch, "zenghui")

    client.post(at("person-update", person.pk), {"name": "曾惠", "pinyin": "zenghui"})
    client.post(at("person-transfer", person.pk), {"org": "二分会", "reason": "轮岗"})
    person.refresh_from_db()
    assert (person.name, person.org) == ("曾惠", cast.second_branch)
    assert [entry.verb for entry in history_of(person)] == ["transfer", "update", "create"]


@pytest.mark.parametrize("name", ["person-create", "person-transfer"])
def test_a_person_is_not_placed_outside_reach(cast, name):
    args = [cast.bob.pk] if name == "person-transfer" else []
    said = {"name": "越界", "org": f"临江邮政工会 #{cast.other_company.pk}"}

    response = cast.client("frank").post(at(name, *args), said)

    assert response.status_code == 422
    assert "没有找到" in text(response)
    assert not Person.objects.filter(name="越界").exists()


def test_a_transfer_to_the_same_body_is_refused_in_words(cast):
    response = cast.client("frank").post(at("person-transfer", cast.bob.pk), {"org": "一分会"})

    assert "鲍博已经在「一分会」" in text(response)


def test_an_account_is_opened_and_opens(cast):
    person = PersonFactory(name="新人", org=cast.branch)
    client = cast.client("frank")

    weak = client.post(at("person-account", person.pk), {"username": "xin", "password": "12345"})
    assert weak.status_code == 422
    assert "密码太短，至少要 8 位。" in text(weak)

    client.post(at("person-account", person.pk), {"username": "xin", "password": "lantern-river-9"})
    assert person.account.check_password("lantern-river-9")
    assert "xin" in text(client.get(at("person-detail", person.pk)))


def test_a_taken_name_is_said_on_the_page(cast):
    response = cast.client("frank").post(
        at("person-account", cast.alice.pk), {"username": "bob", "is_active": "on"}
    )

    assert response.status_code == 422
    assert "用户名「bob」已有人使用" in text(response)


def test_an_account_is_changed_without_touching_the_password(cast):
    client = cast.client("frank")

    client.post(
        at("person-account", cast.alice.pk),
        {"username": "aili", "mobile": "13800000000", "is_active": "on", "password": ""},
    )

    assert cast.account("aili").check_password("lantern-river-42")


def test_an_account_of_somebody_who_may_more_is_neither_shown_nor_changed(cast):
    GrantFactory(person=cast.alice, role=Role.objects.get(name="系统管理员"), org=cast.province)
    client = cast.client("frank")

    assert "修改账号" not in text(client.get(at("person-detail", cast.alice.pk)))
    response = client.post(
        at("person-account", cast.alice.pk),
        {"username": "alice", "is_active": "on", "password": "lantern-river-9"},
    )

    assert response.status_code == 422
    assert "超出您的权限" in text(response)
    assert cast.account("alice").check_password("lantern-river-42")


def test_what_one_may_do_to_a_person_comes_with_the_person(cast):
    client, page = cast.client("frank"), at("person-detail", cast.bob.pk)
    client.get(page)

    with CaptureQueriesContext(connection) as asked:
        assert "修改资料" in text(client.get(page))

    assert not [one["sql"] for one in asked if one["sql"].startswith("SELECT 1 AS")]
    assert len(asked) <= 32  # of them some two for each app that adds to the page


def test_a_persons_page_shows_what_changed_since_it_was_opened_last(cast):
    """Only the questions are kept, for whoever is looked at; answers are of this moment."""
    client = cast.client("frank")
    assert "先锋岗" not in text(client.get(at("person-detail", cast.bob.pk)))

    Person.objects.filter(pk=cast.bob.pk).update(position="先锋岗")

    assert "先锋岗" in text(client.get(at("person-detail", cast.bob.pk)))
    assert "先锋岗" not in text(client.get(at("person-detail", cast.alice.pk)))
