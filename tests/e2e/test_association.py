"""An association's weekly evening: its leader plans it, members are signed up, one withdraws."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gonghui.core.activities.models import Series
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.signing.models import Registration
from tests.factories.organisation import OrgFactory, PostFactory


@pytest.fixture
def club(cast) -> Org:
    """Alice leads it by her post and holds no role; Mallory, of another firm, belongs to it."""
    club = OrgFactory(parent=cast.company, kind=Kind.ASSOCIATION, name="羽毛球协会")
    since = timezone.localdate() - timedelta(days=30)
    PostFactory(org=club, person=cast.alice, title="会长", since=since)
    PostFactory(org=club, person=cast.mallory, title="会员", since=since)
    return club


def test_association(enter, club, cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    leader = enter("alice", to="/activities/series/new/")
    leader.fill_in("名称", "每周羽毛球")
    leader.page.get_by_label("星期几").select_option(str(tomorrow.weekday()))
    leader.fill_in("自", f"{tomorrow:%Y-%m-%d}")
    leader.fill_in("至", f"{tomorrow + timedelta(days=27):%Y-%m-%d}")
    leader.fill_in("地点", "体育馆")
    leader.page.get_by_label("成员默认报名").check()
    leader.look("plan")
    leader.press("保存")

    leader.sees("有 4 次还没有发布。")
    leader.press("发布系列")
    leader.sees("已发布 4 次")
    leader.look("announced")
    first = Series.objects.get().occasions.order_by("starts_at").first()
    assert first is not None
    assert first.registrations.filter(status="signed").count() == 2

    member = enter("mallory", to=f"/agenda/mine/?at={tomorrow:%Y-%m}")
    member.sees("每周羽毛球")
    member.look("month")
    member.page.locator("main .month .entry").first.click()
    member.sees("您已报名")
    member.look("evening")
    member.press("退出报名")
    member.press("退出报名", inside="#confirm-dialog")
    member.sees("已退出")
    member.open(f"/agenda/mine/?at={tomorrow:%Y-%m}")
    status = Registration.Status
    mine = Registration.objects.filter(activity=first, person=cast.mallory)
    assert mine.get().status == status.WITHDRAWN

    leader.open(f"/agenda/?at={tomorrow:%Y-%m}")
    expect(leader.page.locator("main .month .entry").first).to_contain_text("每周羽毛球")
    leader.look("calendar")
    leader.open(f"/agenda/?look=week&at={tomorrow:%Y-%m-%d}")
    leader.sees("体育馆")
    leader.look("week")
