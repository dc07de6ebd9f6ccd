"""People are found by name, reading, former unit and a number, as far as one may see."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gonghui.apps.membership.actions.people import add_person
from gonghui.core.access.actor import SYSTEM
from gonghui.core.people.models import Person
from gonghui.core.search.finding import find
from tests.factories.organisation import PersonFactory
from tests.factories.record import IdentityFactory

NUMBER, MOBILE = "11010519491231002X", "13812345678"


@pytest.fixture
def xu(cast):
    """A person of the company's branch, with a number and a former unit."""
    person = add_person(cast.branch, name="徐望舒", by=SYSTEM, former_unit="临江造纸厂")
    IdentityFactory(person=person, number=NUMBER, mobile=MOBILE)
    return person


def names(actor, text) -> list[str]:
    return [hit.title for group in find(actor, text) for hit in group.hits]


@pytest.mark.parametrize(
    "text",
    [
        "徐望舒",
        "望舒",
        "xuwangshu",
        "xws",
        "造纸厂",
        "002X",
        "002x",
        "5678",
        " 5678 ",
        MOBILE,
        NUMBER,
    ],
)
def test_an_officer_finds_by_any_of_them(cast, xu, text):
    assert names(cast.actor("frank"), text) == ["徐望舒"]


@pytest.mark.parametrize("text", ["002X", "5678", MOBILE, NUMBER])
@pytest.mark.parametrize("who", ["alice", "dave", "mallory"])
def test_nobody_else_finds_by_a_number(cast, xu, who, text):
    assert names(cast.actor(who), text) == []


def test_ones_own_tail_is_no_way_round(cast):
    IdentityFactory(person=cast.alice, number=NUMBER, mobile=MOBILE)

    assert names(cast.actor("alice"), "5678") == []


def test_a_tail_finds_several_and_tells_of_more(cast, xu):
    for _ in range(7):
        IdentityFactory(person__org=cast.branch, mobile="13900005678")

    group = next(g for g in find(cast.actor("frank"), "5678") if g.kind == "people.person")

    assert (len(group.hits), group.has_more) == (5, True)


def test_the_list_is_filtered_by_a_tail(cast, xu):
    url = reverse("membership:person-list") + "?scope=below&q=5678"

    page = cast.client("frank").get(url).content.decode()

    assert "徐望舒" in page
    assert "艾丽" not in page


def test_a_short_number_is_no_tail(cast, xu):
    assert names(cast.actor("frank"), "567") == []


def test_the_list_is_filtered_by_the_former_unit_and_says_so(cast):
    Person.objects.filter(pk=cast.alice.pk).update(former_unit="安澜棉纺厂")
    PersonFactory(name="纺小妹", org=cast.branch)
    url = reverse("membership:person-list") + "?scope=below&q="
    client = cast.client("frank")

    page = client.get(f"{url}棉纺").content.decode()
    assert "艾丽" in page
    assert "一分会（原单位：安澜棉纺厂）" in page
    assert "鲍博" not in page

    named = client.get(f"{url}纺").content.decode()
    assert "纺小妹" in named
    assert "艾丽" not in named
