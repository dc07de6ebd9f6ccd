"""Titles near the end of their term are found, from both sides of each limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gonghui.apps.titles.api import end_title
from tests.factories.titles import TitleFactory
from tests.watching import sentences, severities, where

LAPSING = "R-406"
END = date(2028, 12, 19)
pytestmark = pytest.mark.django_db


def day(shift: int) -> date:
    return END + timedelta(days=shift)


@pytest.fixture
def title(cast):
    return TitleFactory(org=cast.city, holder=cast.company, until=END)


def test_title_is_found_sixty_days_before_its_end_and_sixty_after(cast, title):
    assert sentences(LAPSING, day(-61)) == []
    assert where(LAPSING, day(-60)) == [cast.city]
    assert sentences(LAPSING, day(60)) == [
        "“安澜机械公司工会 学习型标兵单位”有效期至 2028 年 12 月 19 日，还没有复评。"
    ]
    assert sentences(LAPSING, day(61)) == []


def test_it_weighs_more_once_the_term_is_over(cast, title):
    assert severities(LAPSING, day(0)) == ["info"]
    assert severities(LAPSING, day(1)) == ["warn"]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("renew", {"until": date(2030, 12, 19), "reason": "复评合格。"}),
        ("withdraw", {"reason": "发生安全事故。"}),
    ],
)
def test_title_that_was_looked_at_again_is_not_found(cast, title, step, said):
    end_title(title, step, by=cast.actor("carol"), **said)

    assert sentences(LAPSING, day(0)) == []
