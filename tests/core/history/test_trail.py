"""The history is added to, chained, and shows where it was tampered with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gonghui.core.access.actor import SYSTEM
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import VERBS, Verbs, broken_link, history_of, record


@pytest.fixture
def told(cast):
    """Three entries of a branch and one of a city."""
    record(cast.branch, "create", by=cast.actor("frank"), changes={"name": [None, "一分会"]})
    record(cast.branch, "update", by=cast.actor("bob"), changes={"name": ["一分会", "机加分会"]})
    record(cast.city, "update", by=cast.actor("carol"))
    record(cast.branch, "update", by=SYSTEM, changes={"count": 3})
    return cast


def entries(cast):
    return list(history_of(cast.branch))


def test_entries_are_numbered_newest_first_with_who_did_it(told, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = [(e.number, e.verb, e.by.name if e.by else None) for e in history_of(told.branch)]

    assert found == [(3, "update", None), (2, "update", "鲍博"), (1, "create", "方兰")]
    assert str(history_of(told.branch)[0]) == f"update #{told.branch.pk}"


def test_changes_keep_dates_and_figures_as_text(cast):
    changes = {"since": [None, date(2025, 1, 2)], "share": [None, Decimal("0.50")]}

    entry = record(cast.branch, "update", by=cast.actor("bob"), changes=changes)

    entry.refresh_from_db()
    assert entry.changes == {"since": [None, "2025-01-02"], "share": [None, "0.50"]}


def test_entries_of_one_click_share_its_number(cast):
    actor = cast.actor("bob")
    actor.request_id = "a" * 32

    assert record(cast.branch, "update", by=actor).request_id == "a" * 32


def test_an_untouched_chain_is_whole(told):
    assert broken_link(told.branch) is None
    assert broken_link(told.city) is None
    assert broken_link(told.company) is None


@pytest.mark.parametrize(
    "forgery",
    [
        {"changes": {"name": ["一分会", "别的分会"]}},
        {"verb": "create"},
        {"by_id": None},
        {"at": "2020-01-01T00:00:00Z"},
        {"digest": "0" * 64},
    ],
)
def test_a_changed_entry_is_found(told, forgery):
    second = entries(told)[1]
    Entry.objects.filter(pk=second.pk).update(**forgery)

    assert broken_link(told.branch) == second


def test_a_missing_entry_is_found_at_the_next(told):
    third, second, _ = entries(told)
    second.delete()

    assert broken_link(told.branch) == third


def test_an_entry_moved_from_another_record_is_found(told):
    moved = history_of(told.city)[0]
    Entry.objects.filter(pk=moved.pk).update(object_id=told.branch.pk, number=4)

    assert broken_link(told.branch).pk == moved.pk


def test_a_number_is_given_once(told):
    first = entries(told)[2]

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=first.pk).update(number=2)


def test_a_verb_has_one_label_whoever_says_it_first():
    """The later one used to win: who passed a class was told to have been marked anew."""
    said = Verbs({"join": "入会"})
    said |= {"join": "入会", "cohost": "同意协办"}

    with pytest.raises(ValueError, match="'join' is 入会 already and cannot be 同意协办"):
        said |= {"join": "同意协办"}

    assert said == {"join": "入会", "cohost": "同意协办"}
    assert (VERBS["give_result"], VERBS["judge"]) == ("登记结果", "按新时间重算出勤")
