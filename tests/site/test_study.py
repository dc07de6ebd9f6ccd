"""The study page gathers what the apps of learning show of a person."""

from __future__ import annotations

import pytest

from gonghui.core.screens.sockets import Card, Line
from gonghui.kit.registry import Registry
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_study_shows_every_card_in_its_order(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (Line("本学期", "还差 1 篇", "/later/", "late"),)
    cards: Registry = Registry("cards of the study page")
    cards.add("second", lambda actor, day: Card("学习档案", "/b/", "去写", "还没有记录", order=20))
    cards.add(
        "first", lambda actor, day: Card("我的学习要求", "/a/", "去看", lines=lines, order=10)
    )
    cards.add("none", lambda actor, day: None)
    monkeypatch.setattr("gonghui.core.screens.sockets.study_cards", cards)

    page = cast.client("alice").get("/my/study/").content.decode()

    assert page.index("我的学习要求") < page.index("还差 1 篇") < page.index("学习档案")
    assert "还没有记录" in page


def test_study_says_so_while_there_is_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gonghui.core.screens.sockets.study_cards", Registry("none"))

    page = cast.client("mallory").get("/my/study/").content.decode()

    assert "还没有学习内容" in page
