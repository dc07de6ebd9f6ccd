"""The measurements themselves are not repeated here: only what is made of them."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from bench import fleet, reader
from bench.figures import Figure, Limit
from bench.places import Place
from bench.table import table
from gonghui.apps.plans.engine.reader import read
from gonghui.core.documents.inbound import read_upload

KEYS = {
    "subject", "name", "database", "size", "value", "unit", "reference", "ratio", "wanted", "met",
}  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "ratio", "met"),
    [
        (Limit("ratio", 2), 2.0, True),
        (Limit("ratio", 1.9), 2.0, False),
        (Limit("value", 20), 2.0, True),
        (Limit("value", 19), 2.0, False),
        (None, 2.0, None),
    ],
)
def test_a_figure_is_held_against_its_limit(limit, ratio, met):
    figure = Figure("pages", "home", 20.0, "ms", 10.0, limit)

    assert (figure.ratio, figure.met) == (ratio, met)


def test_a_ratio_without_reference_is_not_met():
    figure = Figure("pages", "home", 20.0, "ms", None, Limit("ratio", 2))

    assert (figure.ratio, figure.met) == (None, False)


def test_a_row_has_the_agreed_keys_and_is_json():
    row = Figure("pages", "home", 20.123456, "ms", 10.0, Limit("ratio", 6), "sqlite", 1000).row()

    assert set(row) == KEYS
    assert json.loads(json.dumps(row)) == row
    assert (row["value"], row["wanted"], row["met"]) == (20.12, "ratio <= 6", True)


def test_the_table_says_no_in_capitals():
    slow = Figure("pages", "home", 20.0, "ms", 1.0, Limit("ratio", 6))

    lines = table([slow]).splitlines()

    assert set(lines[0].split()) == KEYS
    assert lines[1].endswith("ratio <= 6  NO")


def _measured(size, times):
    place = Place("sqlite", size, Path("nowhere"))
    return fleet.Measured(place, "home", 7, 1, 6.0, times, [1.0, 2.0, 9.0])


def test_a_large_place_is_held_against_the_small_one():
    small, large = _measured(1_000, [4.0, 5.0, 60.0]), _measured(1_000_000, [6.0, 7.0, 70.0])

    found = list(fleet.figures("pages", [small, large]))

    assert [(f.size, f.unit, f.value, f.reference, f.met) for f in found] == [
        (1_000, "ms", 5.0, 2.0, True),
        (1_000, "queries", 7, 1, None),
        (1_000_000, "ms", 7.0, 2.0, True),
        (1_000_000, "queries", 7, 1, None),
        (1_000_000, "ms", 7.0, 5.0, False),
        (1_000_000, "queries", 7, 7, True),
    ]


@pytest.mark.slow
def test_the_long_word_file_is_read_whole():
    paper = read_upload(BytesIO(reader.long_word_file()), "long.docx")

    plan = read(paper.blocks).plans[0]

    assert len(plan.nodes) > 500
