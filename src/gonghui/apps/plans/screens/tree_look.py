"""A plan's tree as rows, each with its words ready: a long plan is drawn by a short template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gonghui.kit.addresses import numbered
from gonghui.kit.ui.drawing import state_badge

from ..queries.views import Line

Row = dict[str, Any]  # what a template finds quickest


def flat(lines: Sequence[Line]) -> Iterator[Line]:
    """Every line in the order of the plan, headings before what is below them."""
    for line in lines:
        yield line
        yield from flat(line.below)


def tree_rows(lines: Iterable[Line]) -> list[Row]:
    """A row a line: a task, a heading of others, or words that stand alone."""
    address, add = numbered("plans:item-detail"), reverse("plans:item-create")
    return [_row(line, address(line.item.pk), add) for line in lines]


def _row(line: Line, url: str, add: str) -> Row:
    item = line.item
    row: Row = {"level": str(item.depth), "url": url, "label": item.line}
    if line.is_task:
        row |= {"task": True, "chips": _chips(line), "time": line.time, "owner": line.owner or "—"}
        row |= {"due": line.due, "state": state_badge(*line.state)}
    elif line.below:
        row |= {"heading": True, "share": line.share, "add_url": f"{add}?under=item:{item.pk}"}
        row["add_label"] = f"在“{truncatechars(item.text, 20)}”下添加任务"
    else:
        row["chips"] = _chips(line)
    return row


def _chips(line: Line) -> SafeString | str:
    """What a task promises, whether a figure is missing, and who sent it down."""
    said = [("", words) for words in line.targets]
    said += [(" missing", "待填")] if line.item.has_blank else []
    said += [("", f"{line.from_above}下达")] if line.from_above and line.is_task else []
    if not said:
        return ""
    return format_html_join("", ' <span class="chip{}">{}</span>', said)
