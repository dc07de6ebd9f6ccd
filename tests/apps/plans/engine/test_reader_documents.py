"""Whole documents: ten of ours with exact outlines, and the founding ones where they lie beside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gonghui.apps.plans.engine.printing import as_json
from gonghui.apps.plans.engine.reader import read_text
from tests.apps.plans.engine.reader_outlines import (
    DOCUMENTS,
    SHARED,
    gold_lines,
    in_order,
    lost_and_invented,
    read_lines,
)

OURS = sorted(DOCUMENTS.glob("*.txt"))
beside = pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="no shared documents here")


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.stem)
def test_our_documents_are_read_exactly(path):
    reading = read_text(path.read_text(encoding="utf-8"))

    assert read_lines(reading) == gold_lines(path.with_suffix(".outline"))


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.stem)
def test_nothing_is_lost_or_invented(path):
    text = path.read_text(encoding="utf-8")

    reading = read_text(text)

    assert lost_and_invented(text, reading) == ({}, {})
    assert in_order(text, reading)


def test_there_are_ten_documents_of_ours():
    assert len(OURS) == 10


def test_furniture_titles_and_years():
    two = read_text((DOCUMENTS / "09-two-in-a-paste.txt").read_text(encoding="utf-8"))
    one = read_text((DOCUMENTS / "01-factory-year.txt").read_text(encoding="utf-8"))

    assert [p.title for p in two.plans] == [
        "工会工作计划三篇\n工会工作计划 篇1",
        "工会工作计划 篇2",
    ]
    assert "《工会工作计划》" in two.furniture
    assert "首页 > 范文 > 工作计划" in two.furniture
    assert one.plans[0].year == 2026
    assert one.furniture == ()


def _scored(tmp_path: Path) -> dict[str, float]:
    for path in (SHARED / "documents").glob("*.txt"):
        printed = as_json(read_text(path.read_text(encoding="utf-8-sig")))
        (tmp_path / f"{path.stem}.json").write_text(json.dumps(printed), encoding="utf-8")
    command = [sys.executable, str(SHARED / "score.py"), str(SHARED / "expected"), str(tmp_path)]
    command += ["--source", str(SHARED / "documents")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


@beside
def test_the_founding_documents_reach_the_required_scores(tmp_path):
    score = _scored(tmp_path)

    assert score["documents"] >= 5
    assert score["node_f1"] >= 0.98
    assert score["parent"] >= 0.98
    assert score["months"] == 1.0
    assert score["due_f1"] == 1.0
    assert score["every_f1"] >= 0.95
    assert score["targets_f1"] >= 0.95
    assert (score["lossless"], score["bag"], score["invented"]) == (1.0, 1.0, 0.0)


@beside
def test_all_founding_documents_are_kept_whole():
    paths = sorted((SHARED / "documents").glob("*.txt"))

    for path in paths:
        text = path.read_text(encoding="utf-8-sig")
        reading = read_text(text)
        assert lost_and_invented(text, reading) == ({}, {}), path.stem
        assert in_order(text, reading), path.stem
    assert len(paths) == 17
