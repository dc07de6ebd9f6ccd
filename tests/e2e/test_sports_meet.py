"""A sports meet: units send delegations with a leader, a reserve and officials (R-346)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gonghui.core.activities.models import Activity
from gonghui.core.signing.models import Delegation
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.organisation import PersonFactory
from tests.factories.signing import QuotaFactory

from .visitor import Visitor

TITLE = "安澜机械公司第十二届职工运动会"


@pytest.fixture
def meet(cast) -> Activity:
    """In a month; the first branch has two places; reserves and officials take none."""
    starts_at = timezone.now() + timedelta(days=30)
    activity = ActivityFactory(
        org=cast.company, title=TITLE, kind="sport", state="open", place="公司体育场",
        organiser=cast.frank, starts_at=starts_at, ends_at=starts_at + timedelta(hours=8),
    )  # fmt: skip
    SessionFactory(activity=activity, starts_at=starts_at, ends_at=activity.ends_at)
    QuotaFactory(activity=activity, name="", org=cast.branch, capacity=2)
    for name in ("陈晨", "丁一", "冯雪"):
        PersonFactory(name=name, org=cast.branch)
    return activity


def name(visitor: Visitor, row: int, person: str, role: str) -> None:
    """Fill in one row of the team."""
    visitor.page.locator(f"#id_place-{row}-person").fill(person)
    visitor.page.locator(f"#id_place-{row}-role").select_option(label=role)


def test_units_send_delegations_with_officials_and_reserves(enter, meet, cast):
    officer = enter("frank", to=f"/signing/activity/{meet.pk}/teams/")
    officer.look("nobody-yet")
    officer.fill_in("哪些单位", "一分会、二分会")
    officer.press("请组团")
    officer.sees("已请 2 个单位组团。")
    officer.look("called")

    chair = enter("bob", to="/inbox/")
    chair.sees(f"请组团参加：{TITLE}")
    chair.open(f"/signing/activity/{meet.pk}/teams/")
    chair.follow("组队：一分会")
    chair.fill_in("领队", "艾丽")
    for row, (person, role) in enumerate(
        [("艾丽", "领队"), ("陈晨", "参加"), ("丁一", "替补"), ("冯雪", "裁判工作人员")]
    ):
        name(chair, row, person, role)
    name(chair, 4, "鲍博", "参加")
    chair.look("team")
    chair.press("保存")
    chair.sees("一分会代表团共 5 人，其中 1 人候补。")
    chair.sees("替补")
    chair.sees("裁判工作人员")
    chair.look("formed")

    leader = enter("alice", to=f"/signing/portal/{meet.pk}/")
    leader.sees("您是领队。", inside="#team")
    leader.look("leader")
    leader.follow("组队", inside="#team")
    leader.page.locator("#id_place-1-DELETE").check()
    leader.look("leader-team")
    leader.press("保存")
    leader.sees("一分会代表团共 4 人。")
    leader.headed(TITLE)

    officer.page.reload()
    officer.sees("名额 2 / 2")
    expect(officer.page.locator("main")).not_to_contain_text("候补")
    officer.look("complete")
    team = Delegation.objects.get(org=cast.branch)
    standing = team.registrations.filter(status="signed").select_related("person")
    assert {str(one): one.role for one in standing} == {
        "艾丽": "leader", "丁一": "reserve", "冯雪": "official", "鲍博": "participant",
    }  # fmt: skip
