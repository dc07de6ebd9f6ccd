"""Every life: reachable states, labels, and who may do what in which state, kept in a file.

After a change that is meant: ``GONGHUI_WRITE_MATRIX=1 pytest tests/conformance/test_flows.py``
writes the files anew; the difference belongs into the review.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import call_command

from gonghui.core.flow.life import Flow, flows
from gonghui.core.screens.screens import registry
from gonghui.site import urls  # noqa: F401  # screens register themselves where they are routed
from tests.conformance.rows import row

MATRICES = Path(__file__).parent / "matrices"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "flows"
FLOWS = [pytest.param(label, flow, id=label) for label, flow in flows.items()]
named = pytest.mark.parametrize(("label", "flow"), FLOWS)


@named
def test_every_state_can_be_reached(label, flow):
    reached = {flow.model._meta.get_field("state").default}
    while (
        more := {step.target for step in flow.transitions if reached & set(step.sources)} - reached
    ):
        reached |= more

    assert {state for state, _ in flow.states} == reached


@named
def test_every_step_starts_and_ends_in_a_state_and_has_a_label(label, flow):
    states = {state for state, _ in flow.states}

    for step in flow.transitions:
        assert {*step.sources, step.target} <= states, step.name
        assert step.label.strip(), step.name
        assert step.label != step.name
    assert all(words.strip() for _, words in flow.states)


@named
def test_flow_belongs_to_a_screen(label, flow):
    assert registry[label].flow is flow


@named
def test_who_may_do_what_is_as_written(cast, label, flow):
    matrix = matrix_of(cast, label, flow)
    file = MATRICES / f"{label}.txt"
    if os.environ.get("GONGHUI_WRITE_MATRIX"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(matrix, "utf-8")

    assert matrix == file.read_text("utf-8")


def matrix_of(cast, label: str, flow: Flow) -> str:
    """A line for each step of each state: who of the cast may take it, the row at the branch."""
    obj = row(label, cast, cast.branch)
    manager = flow.model._base_manager
    lines = []
    for state, _ in flow.states:
        manager.filter(pk=obj.pk).update(state=state)
        obj = manager.get(pk=obj.pk)
        may: dict[str, list[str]] = {step.name: [] for step in flow.transitions}
        for name in cast.names:
            for step in flow.open_to(cast.actor(name), obj):
                may[step.name].append(name)
        lines += [f"{state} · {step}: {' '.join(names)}" for step, names in may.items() if names]
    return "\n".join(lines) + "\n"


def test_drawings_of_the_lives_are_fresh(tmp_path):
    """`make docs` draws them anew."""
    call_command("flows", write=tmp_path, verbosity=0)

    drawn = {path.name: path.read_text("utf-8") for path in tmp_path.glob("*.md")}
    kept = {path.name: path.read_text("utf-8") for path in DOCS.glob("*.md")}

    assert drawn == kept
