"""What happens to people: they come, change, move and leave."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.membership.actions import people
from gonghui.core.access.actor import SYSTEM
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError
from tests.factories.organisation import PostFactory


def last(subject):
    return history_of(subject)[0]


def reread(obj):
    return type(obj).objects.get(pk=obj.pk)


def test_a_person_is_registered_with_the_reading_of_their_name(cast):
    person = people.add_person(
        cast.branch, name="曾慧", by=cast.actor("frank"), sex="female", joined_on=date(2024, 5, 1)
    )

    assert (person.pinyin, person.initials) == ("zenghui", "zh")
    assert (last(person).verb, last(person).changes["sex"]) == ("create", [None, "女"])


def test_a_typed_reading_wins(cast):
    person = people.add_person(cast.branch, name="乐乐", by=SYSTEM, reading="lele")

    assert person.pinyin == "lele"


@pytest.mark.parametrize(
    ("name", "reading", "kept"),
    [
        ("艾丽", "aili", "aili"),
        ("曾丽", "aili", "zengli"),
        ("艾丽", "", "aili"),
        ("曾丽", "cengli", "cengli"),
    ],
)
def test_a_new_name_brings_its_reading_unless_one_was_typed(cast, name, reading, kept):
    person = people.change_person(cast.alice, by=SYSTEM, name=name, reading=reading)

    assert person.pinyin == kept


def test_whoever_leaves_leaves_their_posts(cast):
    post = PostFactory(person=cast.bob, title="主席", since=date(2024, 1, 1))
    left = date(2025, 6, 30)

    person = people.change_person(cast.bob, by=cast.actor("frank"), name="鲍博", left_on=left)

    assert reread(post).until == left
    assert last(person).changes == {"left_on": [None, "2025-06-30"]}
    assert last(post).changes == {"until": [None, "2025-06-30"]}


def test_a_person_moves_and_their_posts_stay(cast):
    post = PostFactory(person=cast.bob, title="主席")

    people.move_person(cast.bob, cast.second_branch, by=cast.actor("frank"), reason="轮岗")

    assert reread(cast.bob).org == cast.second_branch
    assert reread(post).until is None
    assert last(cast.bob).changes == {"org": ["一分会", "二分会"], "reason": "轮岗"}
    with pytest.raises(DomainError, match="已经在「二分会」"):
        people.move_person(cast.bob, cast.second_branch, by=SYSTEM)


def test_nothing_is_placed_in_a_closed_body(cast):
    Org.objects.filter(pk=cast.second_branch.pk).update(until="2025-01-01")
    closed = reread(cast.second_branch)

    for act in (
        lambda: people.add_person(closed, name="甲", by=SYSTEM),
        lambda: people.move_person(cast.bob, closed, by=SYSTEM),
    ):
        with pytest.raises(DomainError, match="已经撤销"):
            act()
