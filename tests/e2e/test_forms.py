"""A form goes from the city to a unit and back: asked, filled, sent back, corrected, summed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gonghui.apps.statistics import api
from gonghui.apps.statistics.models import Filing, Form
from gonghui.core.indicators.counting import months_to
from tests.factories.organisation import PostFactory

NAME = "安澜机械公司工会"


@pytest.fixture
def form(cast) -> Form:
    """The shipped monthly form, issued by the city."""
    PostFactory(person=cast.frank, title="主席")
    by = cast.actor("carol")
    made = api.begin("M01", cast.city, by=by)
    api.issue(made, by=by)
    return made


def _due() -> date:
    return timezone.localdate() + timedelta(days=9)


def test_form_goes_down_and_comes_back(enter, cast, form):
    city, unit = enter("carol", to=f"/statistics/form/{form.pk}/"), enter("frank")
    month = months_to(timezone.localdate(), 2)[0].start
    city.look("form")
    city.follow("下发")
    city.page.get_by_label("报告期").select_option(f"{month:%Y-%m}")
    city.fill_in("上报期限", f"{_due()}")
    city.page.get_by_label(NAME).check()
    city.look("sending")
    city.press("下发")
    city.sees("已下发")
    city.look("sent")

    unit.open("/statistics/filing/")
    unit.look("received")
    unit.follow(f"{form} {month.year} 年 {month.month} 月")
    unit.sees("还没有填")
    unit.look("prefilled")
    unit.follow("填报")
    _enter(unit, 5, 6)
    unit.look("filling")
    unit.press("保存")
    unit.sees("不成立")
    unit.look("checked")
    unit.follow("填报")
    _enter(unit, 8, 6)
    unit.press("保存")
    _confirm(unit)
    unit.sees("已上报")

    filing = Filing.objects.get(org=cast.company)
    city.open(f"/statistics/filing/{filing.pk}/")
    city.follow("退回")
    city.page.get_by_label("原因").fill("诉求数请与台账核对")
    city.press("退回", inside="#fetched-dialog")
    city.sees("退回修改")
    unit.open(f"/statistics/filing/{filing.pk}/")
    unit.look("returned")
    unit.follow("填报")
    _enter(unit, 9, 6)
    unit.press("保存")
    _confirm(unit)
    city.open(f"/statistics/filing/{filing.pk}/")
    city.press("审核通过并锁定")
    expect(city.button("审核通过并锁定")).to_have_count(0)
    city.look("locked")

    city.open(f"/statistics/collection/{filing.collection_id}/")
    city.follow("看汇总表")
    city.sees("66.67%")
    city.look("summed")
    city.page.get_by_role("row", name="D1").get_by_role("link").click()
    city.sees(NAME)
    city.look("opened")
    assert filing.amounts.get(cell__code="D1").value == 9


def _enter(visitor, asked: int, answered: int) -> None:
    for name in ("B1 举办活动", "B2 参加活动", "B3 职工培训", "C1 本月到期任务", "C2 其中：已完成"):
        visitor.page.get_by_label(f"{name} 填报数").fill("0")  # nothing of it on record
    visitor.page.get_by_label("D1 收到职工诉求 填报数").fill(str(asked))
    visitor.page.get_by_label("D2 其中：已答复 填报数").fill(str(answered))


def _confirm(visitor) -> None:
    visitor.follow("确认上报")
    visitor.press("确认上报", inside="#fetched-dialog")
