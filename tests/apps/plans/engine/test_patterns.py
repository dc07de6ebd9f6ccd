"""Our sample plans: each reads into a sound tree with rhythms, days and figures left open."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gonghui.apps.plans.engine import reader
from gonghui.apps.plans.engine.outline_facts import fill_blank
from gonghui.apps.plans.engine.outline_reading import from_reading
from gonghui.apps.plans.engine.reading import Node, PlanText
from tests.apps.plans.engine.reader_outlines import SHARED, lost_and_invented, squeezed

PATTERNS = Path(reader.__file__).parent / "patterns"
PATHS = sorted(PATTERNS.glob("*.txt"))
OPEN_FIGURE = "原文这里缺少数字或名称，请补填。"
# sections, items below them, blanks, rhythms, items with a month or a last day
COUNTS = {
    "enterprise": (6, 23, 7, 6, 18),
    "industry": (6, 21, 6, 6, 16),
    "organ": (6, 21, 3, 6, 14),
    "school": (6, 21, 4, 1, 9),
    "team": (5, 19, 3, 3, 0),
}
STYLES = {
    "enterprise": ("一、", "1、"),
    "industry": ("一、", "一是"),
    "organ": ("（一）", "1."),
    "school": ("", "1、"),
    "team": ("一、", "1."),
}
per_pattern = pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)


def plan_of(path: Path) -> PlanText:
    text = path.read_text(encoding="utf-8").replace("{year}", "2027")
    reading = reader.read_text(text)
    assert lost_and_invented(text, reading) == ({}, {})
    assert reading.furniture == ()
    (plan,) = reading.plans
    return plan


def items_of(plan: PlanText) -> list[Node]:
    return [n for n in plan.nodes if n.parent]


def test_there_is_a_pattern_for_each_usual_kind():
    assert [p.stem for p in PATHS] == sorted(COUNTS)


@per_pattern
def test_a_pattern_names_its_year_once_and_in_its_title(path):
    text = path.read_text(encoding="utf-8")
    plan = plan_of(path)

    assert text.count("{year}") == 1
    assert text.startswith("{year}年")
    assert plan.year == 2027
    assert plan.title == text.splitlines()[0].replace("{year}", "2027")


@per_pattern
def test_a_pattern_has_two_levels_in_its_own_style(path):
    plan = plan_of(path)
    sections = [n for n in plan.nodes if n.kind == "section"]
    items = items_of(plan)

    assert {n.parent for n in items} == {n.id for n in sections}
    assert sections[0].marker == STYLES[path.stem][0]
    for section in sections:
        first = next(n for n in items if n.parent == section.id)
        assert first.marker == STYLES[path.stem][1]
    assert {n.kind for n in items} == {"task"}
    assert {n.kind for n in plan.nodes if not n.parent} == {"section", "note"}


@per_pattern
def test_a_pattern_states_what_it_should(path):
    items = items_of(plan := plan_of(path))
    stated = (
        sum(n.kind == "section" for n in plan.nodes),
        len(items),
        sum(n.blank for n in items),
        sum(bool(n.every) for n in items),
        sum(bool(n.months or n.due) for n in items),
    )

    assert stated == COUNTS[path.stem]


@per_pattern
def test_a_pattern_invents_no_figure_and_raises_no_other_doubt(path):
    for node in plan_of(path).nodes:
        assert node.targets == ()
        assert node.doubts == ((OPEN_FIGURE,) if node.blank else ())


@per_pattern
def test_the_open_figures_of_a_pattern_can_be_filled_in(path):
    text = path.read_text(encoding="utf-8")
    outline = from_reading(reader.read_text(text), 0, text)

    for node in [n for n in outline.nodes if n.blank]:
        filled = fill_blank(outline, node.id, "12").node(node.id)
        assert not filled.blank
        assert filled.text == node.text.replace("\u3000\u3000", "12")


def test_patterns_share_no_sentence_with_each_other():
    lines = [ln for p in PATHS for ln in p.read_text(encoding="utf-8").splitlines()]
    said = Counter(squeezed(ln) for ln in lines if len(ln) > 12)

    assert [line for line, times in said.items() if times > 1] == []


@pytest.mark.skipif(not (SHARED / "documents").exists(), reason="no shared documents here")
@per_pattern
def test_a_pattern_is_written_by_us(path):
    known = "".join(
        squeezed(p.read_text(encoding="utf-8-sig")) for p in (SHARED / "documents").glob("*.txt")
    )
    ours = squeezed(path.read_text(encoding="utf-8"))
    runs = (ours[i : i + 12] for i in range(len(ours) - 11))

    assert [run for run in runs if run in known] == []
