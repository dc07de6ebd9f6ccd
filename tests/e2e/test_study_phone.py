"""A phone in one hand: a teacher's month of study, a team leader's week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gonghui.apps.learning.models import StudyRule
from gonghui.core.access.models import Role
from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import Kind
from tests.factories.learning import StudyItemFactory, StudyRuleFactory
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory

from .conftest import PHONE
from .visitor import Size


@pytest.fixture
def size() -> Size:
    return PHONE


@pytest.fixture
def rule(cast) -> StudyRule:
    """One to two notes and a book a month, in the branch."""
    first = timezone.localdate().replace(day=1)
    rule = StudyRuleFactory(org=cast.branch, title="教师读写制度", since=first)
    StudyItemFactory(rule=rule, most=2, label="写教育笔记")
    StudyItemFactory(rule=rule, kinds=["book"], label="读一本书")
    return rule


def write_note(alice, title: str) -> None:
    alice.open("/archive/my/")
    alice.press("记笔记")
    alice.fill_in("题目", title)
    alice.page.get_by_label("正文").fill("听课所得：提问以后等三秒。")
    expect(alice.page.locator("#kept")).to_contain_text("已保存")
    alice.press("记入档案")
    alice.sees("已记入档案")


def test_teachers_month(enter, rule):
    alice = enter("alice", to="/my/study/")
    alice.sees("还差")
    alice.look("study")
    alice.open("/learning/my/")
    alice.sees("还差 1 篇")
    alice.look("asked")
    alice.open("/archive/my/")
    alice.page.get_by_label("书名或书号").fill("给教师的建议")
    alice.press("记一本书")
    alice.sees("《给教师的建议》已记入")
    for number in ("一", "二", "三"):
        write_note(alice, f"听课笔记{number}")
    alice.open("/learning/my/")
    alice.sees("已完成")
    expect(alice.page.locator("main")).not_to_contain_text("还差")
    alice.look("done")


def test_teams_week(enter, cast):
    team = OrgFactory(parent=cast.branch, kind=Kind.TEAM, name="维修一班")
    GrantFactory(person=cast.bob, role=Role.objects.get(name="班组长"), org=team)
    for name in ("周敏", "陈刚"):
        PersonFactory(org=team, name=name)
    leader = enter("bob", to=f"/teams/board/{team.pk}/")
    leader.look("empty")
    leader.follow("记一次班前班后学习")
    leader.fill_in("学什么", "听音辨轴承")
    leader.page.get_by_label("班前").check()
    leader.fill_in("日期", f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}")
    leader.page.get_by_label("周敏").check()
    leader.page.get_by_label("陈刚").check()
    leader.page.get_by_label("学了什么，有什么收获").fill("听得出外圈和内圈的声音不一样。")
    leader.look("noting")
    leader.press("记下")
    leader.sees("听音辨轴承")
    leader.look("board")
    assert Activity.objects.get().state == "recorded"
