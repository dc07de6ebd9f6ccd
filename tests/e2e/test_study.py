"""Study rules: a leader sees who lags and why; a rule is made, tried, saved and changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gonghui.apps.learning.models import StudyRule
from tests.factories.credits import CreditFactory
from tests.factories.learning import LeaveFactory, StudyItemFactory, StudyRuleFactory
from tests.factories.organisation import PersonFactory


@pytest.fixture
def rule(cast) -> StudyRule:
    """One to two notes and a book a month, in the branch; maternity leave excuses."""
    first = timezone.localdate().replace(day=1)
    rule = StudyRuleFactory(
        org=cast.branch, title="教师读写制度", since=first, excuses=["maternity"]
    )
    StudyItemFactory(rule=rule, most=2, label="写教育笔记")
    StudyItemFactory(rule=rule, kinds=["book"], label="读一本书")
    return rule


def test_leader_sees_who_lags_and_why(enter, cast, rule):
    CreditFactory(person=cast.bob, org=cast.branch, kind="book", unit="book", amount=1,
                  on=timezone.localdate())  # fmt: skip
    away = PersonFactory(org=cast.branch, name="周敏")
    first = rule.since
    LeaveFactory(person=away, since=first, until=first + timedelta(days=40))
    frank = enter("frank", to=f"/learning/standing/?org={cast.branch.pk}&rule=all")
    frank.sees("鲍博")
    frank.look("lagging")
    frank.follow("鲍博")
    frank.sees("还差 1 篇")
    frank.look("person")
    frank.open(f"/learning/standing/?org={cast.branch.pk}&rule=all&show=excused")
    frank.sees("周敏")
    frank.look("excused")


def test_rule_made_simulated_saved(enter, cast):
    bob = enter("bob", to="/learning/studyrule/")
    bob.look("no-rules")
    bob.open("/learning/templates/")
    bob.look("templates")
    bob.open("/learning/studyrule/new/?template=notes")
    bob.look("form")
    bob.press("先试算")
    bob.sees("艾丽")
    bob.look("tried")
    assert not StudyRule.objects.exists()
    bob.press("保存")
    bob.sees("每月 1–2 篇")
    bob.look("saved")
    StudyRule.objects.update(since=timezone.localdate().replace(day=1))
    bob.open(f"/learning/studyrule/{StudyRule.objects.get().pk}/edit/")
    bob.sees("怎么改")
    bob.look("changing")
