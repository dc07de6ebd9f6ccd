"""Dismissals: the union is told before and answered in its days; each on both sides."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gonghui.apps.care.models import Dismissal
from gonghui.core.orgs.models import Kind
from tests.factories.care import DismissalFactory
from tests.factories.organisation import OrgFactory, PersonFactory
from tests.factories.regulations import StandardFactory
from tests.watching import found, sentences, where


@pytest.mark.parametrize(
    ("told", "ends", "count"),
    [
        (date(2026, 11, 18), date(2026, 11, 19), 0),
        (date(2026, 11, 19), date(2026, 11, 19), 1),
        (None, date(2026, 11, 20), 1),
        (None, date(2026, 11, 21), 0),
    ],
)
def test_union_is_told_before_the_day(db, told, ends, count):
    DismissalFactory(notified_on=told, ends_on=ends)

    assert len(found("ORG-20")) == count


def test_finding_lies_with_the_union_above_the_team(db):
    union = OrgFactory()
    branch = OrgFactory(parent=union, kind=Kind.BRANCH)
    DismissalFactory(person=PersonFactory(org=branch, name="艾丽"), notified_on=None)

    assert where("ORG-20") == [union]
    assert sentences("ORG-20") == ["单位 2026 年 11 月 1 日解除艾丽的合同，没有通知工会。"]


@pytest.mark.parametrize(
    ("asked", "answered", "count"),
    [
        (date(2026, 11, 10), None, 0),
        (date(2026, 11, 9), None, 1),
        (date(2026, 11, 9), date(2026, 11, 20), 0),
        (None, None, 0),
    ],
)
def test_employer_answers_in_the_days_laid_down(db, asked, answered, count):
    one = DismissalFactory(objected_on=asked, answered_on=answered)
    StandardFactory(org=one.org, key="dismissal_answer_days", value=10)

    assert len(found("ORG-20B")) == count


def test_nothing_is_late_where_nobody_laid_down_days(db):
    DismissalFactory(objected_on=date(2025, 1, 1))

    assert found("ORG-20B") == []


def test_answer_without_an_objection_is_refused_in_words(cast):
    said = {
        "person": f"艾丽 #{cast.alice.pk}",
        "reason": "严重违纪",
        "ends_on": "2026-03-01",
        "answered_on": "2026-02-20",
    }
    chair = cast.client("frank")

    refused = chair.post(reverse("care:dismissal-create"), said)
    kept = chair.post(reverse("care:dismissal-create"), said | {"objected_on": "2026-02-18"})

    assert refused.status_code == 422
    assert "不能早于工会要求重新研究" in refused.content.decode()
    assert kept.status_code == 302
    assert Dismissal.objects.get().org == cast.branch


def test_list_finds_who_waits_for_an_answer(cast):
    waiting = DismissalFactory(person=cast.alice, objected_on=date(2026, 3, 1))
    untold = DismissalFactory(person=cast.bob, notified_on=None)
    chair, url = cast.client("frank"), reverse("care:dismissal-list")

    def listed(state):
        page = chair.get(url, {"org": cast.company.pk, "scope": "below", "state": state})
        return [row.record for row in page.context["table"].page]

    assert listed("open") == [waiting]
    assert listed("unknown") == [untold]
    assert listed("answered") == []
