"""Metres between two places."""

from __future__ import annotations

import pytest

from gonghui.core.attendance.engine.nearby import Spot, metres_between


def test_degree_of_latitude_is_some_hundred_and_eleven_kilometres():
    assert metres_between(Spot(30, 120), Spot(31, 120)) == pytest.approx(111_195, abs=10)


def test_degree_of_longitude_shrinks_towards_the_pole():
    assert metres_between(Spot(60, 120), Spot(60, 121)) == pytest.approx(55_597, abs=50)


def test_same_place_and_the_other_side_of_the_earth():
    assert metres_between(Spot(30, 120), Spot(30, 120)) == 0
    assert metres_between(Spot(0, 0), Spot(0, 180)) == pytest.approx(20_015_087, abs=10)
