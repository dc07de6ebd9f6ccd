"""A rule changed while in force: the days before are judged as it stood, the days after anew."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from gonghui.apps.learning.actions.rules import renew_rule
from gonghui.apps.learning.models import StudyRule
from gonghui.apps.learning.queries.person import standing_of
from gonghui.core.history.models import Entry
from gonghui.core.watch.models import Finding
from gonghui.core.watch.refreshing import refresh
from gonghui.kit.errors import DomainError
from tests.factories.credits import CreditFactory
from tests.factories.learning import HireFactory, StudyItemFactory, StudyRuleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_november_day():
    with time_machine.travel(datetime(2026, 11, 20, 2, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def rule(cast) -> StudyRule:
    """One note a month of the branch; Alice wrote one in November."""
    rule = StudyRuleFactory(
        org=cast.branch, title="笔记制度", excuses=["maternity"], since=date(2026, 11, 1)
    )
    StudyItemFactory(rule=rule)
    CreditFactory(person=cast.alice, org=cast.branch, kind="note", unit="piece", amount=1,
                  on=date(2026, 11, 5))  # fmt: skip
    return rule


def changed(rule: StudyRule, least: int = 3, **said) -> dict[str, object]:
    """The form as the officer hands it in: so many notes instead of one."""
    return {
        "title": rule.title, "since": "2026-11-01", "who": "members", "rounding": "half",
        "part_time": "on", "excuses": ["maternity"], "way": "from", "from_on": "2026-12-01",
        "item-TOTAL_FORMS": "1", "item-INITIAL_FORMS": "1", "item-MIN_NUM_FORMS": "0",
        "item-MAX_NUM_FORMS": "12", "item-0-id": rule.items.get().pk, "item-0-label": "写学习笔记",
        "item-0-kinds": ["note"], "item-0-measure": "amount", "item-0-least": str(least),
        "item-0-every": "month",
    } | said  # fmt: skip


def save(cast, rule: StudyRule, **said):
    address = reverse("learning:studyrule-update", args=[rule.pk])
    return cast.client("bob").post(address, changed(rule, **said))


def stands(person, day: date) -> list[tuple[str, int, str]]:
    found = standing_of(person, day)
    return [
        (one.turn, one.verdict.required // 100, one.verdict.state) for one in found.now + found.late
    ]


def test_a_change_asks_more_from_its_day_and_the_past_stays(cast, rule):
    answer = save(cast, rule)

    old, new = StudyRule.objects.order_by("pk")
    assert answer.url == reverse("learning:studyrule-detail", args=[new.pk])
    assert (old.until, old.is_replaced, old.items.get().least) == (date(2026, 11, 30), True, 1)
    assert (new.since, new.replaces, new.begun_on) == (date(2026, 12, 1), old, date(2026, 11, 1))
    assert (new.until, new.items.get().least) == (None, Decimal(3))
    assert stands(cast.alice, date(2026, 11, 30)) == [("2026 年 11 月", 1, "met")]
    assert stands(cast.alice, date(2026, 12, 1)) == [("2026 年 12 月", 3, "open")]
    assert stands(cast.bob, date(2026, 12, 1)) == [
        ("2026 年 12 月", 3, "open"), ("2026 年 11 月", 1, "late"),
    ]  # fmt: skip
    verbs = Entry.objects.filter(object_id__in=[old.pk, new.pk]).order_by("pk")
    assert list(verbs.values_list("verb", "object_id")) == [
        ("replace", old.pk), ("create", new.pk),
    ]  # fmt: skip


def test_a_corrected_error_judges_the_past_anew_and_says_so(cast, rule):
    save(cast, rule, way="correct")

    assert StudyRule.objects.get().items.get().least == Decimal(3)
    assert stands(cast.alice, date(2026, 11, 30)) == [("2026 年 11 月", 3, "open")]


def test_words_and_reminders_make_no_version(cast, rule):
    save(cast, rule, least=1, title="教育笔记制度", remind_days="3", until="2026-12-31", from_on="")

    kept = StudyRule.objects.get()
    assert (kept.title, kept.remind_days, kept.until) == (
        "教育笔记制度", 3, date(2026, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"from_on": ""}, "要求变了，请填从哪天起按新的算。"),
        ({"from_on": "2026-11-19"}, "请填今天或以后的日期"),
        ({"since": "2025-01-01"}, "已经施行的不能改施行日期"),
        ({"until": "2026-06-30"}, "最后施行日不能早于今天"),
    ],
)
def test_what_would_change_the_past_is_refused(cast, rule, said, words):
    page = save(cast, rule, **said)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert StudyRule.objects.get().items.get().least == 1


def test_a_rule_that_has_not_begun_is_simply_changed(cast, rule):
    StudyRule.objects.update(since=date(2027, 1, 1))

    page = cast.client("bob").get(reverse("learning:studyrule-update", args=[rule.pk]))
    save(cast, rule, since="2027-01-01")

    assert "怎么改" not in page.content.decode()
    assert StudyRule.objects.get().items.get().least == 3


def test_an_old_version_is_read_and_no_longer_changed(cast, rule):
    save(cast, rule)
    old, new = StudyRule.objects.order_by("pk")
    bob = cast.client("bob")

    page = bob.get(reverse("learning:studyrule-detail", args=[old.pk])).content.decode()

    assert reverse("learning:studyrule-detail", args=[new.pk]) in page
    assert bob.get(reverse("learning:studyrule-update", args=[old.pk])).status_code == 404
    with pytest.raises(DomainError, match="已经有后一版"):
        renew_rule(old, list(old.items.all()), since=date(2026, 12, 5), by=cast.actor("bob"))


def test_who_was_hired_keeps_the_day_it_is_due_over_versions(cast):
    """Twelve months from the day of hire, whichever version is in force meanwhile."""
    rule = StudyRuleFactory(org=cast.branch)
    item = StudyItemFactory(rule=rule, every="once", months=12, kinds=["course"])
    HireFactory(person=cast.alice, on=date(2026, 2, 1))
    item.least = Decimal(2)
    renew_rule(rule, [item], since=date(2026, 12, 1), by=cast.actor("bob"))

    def due(day: date) -> list[tuple[date, int]]:
        found = standing_of(cast.alice, day)
        return [(one.due, one.verdict.required // 100) for one in found.now + found.late]

    assert due(date(2026, 11, 30)) == []
    assert due(date(2026, 12, 1)) == [(date(2027, 2, 1), 2)]


def test_the_turn_an_old_version_closed_is_still_found_and_shown(cast, rule):
    save(cast, rule)

    with time_machine.travel(datetime(2026, 12, 3, 2, tzinfo=UTC), tick=False):
        refresh(["R-454"])
        page = cast.client("bob").get(
            reverse("learning:standing"), {"org": cast.branch.pk, "turn": "last", "rule": "all"}
        )

    old = StudyRule.objects.get(is_replaced=True)
    words = Finding.objects.filter(check_code="R-454").values_list("about", "sentence")
    assert [(old.pk, "《笔记制度》刚结束的一期，要求到 2 人，1 人没有完成。")] == list(words)
    assert f"笔记制度（至 {old.until:%Y-%m-%d}）" in page.content.decode()
    assert "鲍博" in page.content.decode()
