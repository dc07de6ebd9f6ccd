"""A filter of yes and no, which may be left open."""

from __future__ import annotations

import pytest

from gonghui.kit.filters import YesNoFilter


@pytest.mark.parametrize(("said", "meant"), [("true", True), ("false", False), ("", "")])
def test_yes_no_and_left_open(said, meant):
    assert YesNoFilter(label="今天有效").field.clean(said) == meant


def test_left_open_is_not_called_unknown():
    words = [str(word) for _, word in YesNoFilter(label="今天有效").field.choices]

    assert words == ["不限", "是", "否"]
