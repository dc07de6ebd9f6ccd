"""The rows of the review screen: what each node of an outline shows in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..engine import outline_words as words
from ..engine.numerals import apart
from ..engine.outlining import Line, Node, Outline, Run, paper, parents
from ..models import Area, Kind
from .review_form import NodeForm, code_of

DEEPEST = 6  # further levels are indented no more: the page is not wide enough
_NUMBER = re.compile(r"[、.．,，:：()（）\s]")
_SHOWN_KINDS = ("goal", "measure", "note")


@dataclass(frozen=True)
class Chip:
    """One fact of a node in a word; ``url`` leads to what it names or to where it is filled in."""

    word: str
    is_missing: bool = False
    url: str = ""
    title: str = ""
    is_handed_down: bool = False

    @property
    def html(self) -> SafeString:
        """Drawn here: a plan of 300 lines has a thousand, and a template is four times slower."""
        if not self.url:
            look = "chip handed" if self.is_handed_down else "chip"
            return format_html('<span class="{}" title="{}">{}</span>', look, self.title, self.word)
        look, opens = ("chip missing", " data-open") if self.is_missing else ("chip", "")
        return format_html(
            '<a class="{}" href="{}" title="{}"{}>{}</a>',
            look, self.url, self.title, opens, self.word,
        )  # fmt: skip


@dataclass
class Row:
    """A node with all its line shows; ``form`` is set where its panel is open."""

    node: Node
    name: str
    chips: SafeString
    doubts: tuple[str, ...]
    is_current: bool = False
    form: NodeForm | None = None
    sentence: str = ""
    is_overtaken: bool = False

    @property
    def id(self) -> str:
        """As text: numbers would pass through localisation, and a thousand is not 1,000 here."""
        return str(self.node.id)

    @property
    def number(self) -> str:
        return apart(self.node.marker)

    @property
    def look(self) -> str:
        """The classes of the line."""
        words = [f"line l{min(self.node.depth, DEEPEST)}", self.node.kind]
        words += ["now"] if self.is_current else []
        words += ["doubtful"] if self.doubts else []
        return " ".join(words)

    @property
    def settle(self) -> str:
        """The change that answers all doubts of the line: 就这样."""
        return json.dumps({"op": "settle", "node": self.node.id})

    @property
    def doubt_of_blank(self) -> str:
        """The doubt that filling the figure in answers."""
        return next((d for d in self.doubts if "缺少" in d or "空" in d), "")

    @property
    def depth(self) -> str:
        return str(self.node.depth)

    @property
    def level(self) -> str:
        return f"第 {self.node.depth + 1} 层，"


def rows_of(outline: Outline, current: int | None = None) -> list[Row]:
    names, months = names_of(outline), _months(outline)
    return [
        Row(
            node=node,
            name=names[node.id],
            chips=_drawn([*_when(node, months[node.id]), *_chips(node, names)]),
            doubts=node.doubts if node.is_doubtful else (),
            is_current=node.id == current,
        )
        for node in outline.nodes
    ]


def _drawn(chips: list[Chip]) -> SafeString:
    return format_html_join("", "{}", ((chip.html,) for chip in chips))


def names_of(outline: Outline) -> dict[int, str]:
    """Every node by its place, as people say it: 四-2; without a number by its first words."""
    names: dict[int, str] = {}
    for node, above in parents(outline.nodes):
        own = _NUMBER.sub("", node.marker) or f"「{node.text.strip()[:6]}」"
        names[node.id] = f"{names[above.id]}-{own}" if above and node.marker else own
    return names


def _months(outline: Outline) -> dict[int, tuple[int, ...]]:
    """A node's months, or those of the nearest node above it that names some."""
    months: dict[int, tuple[int, ...]] = {}
    for node, above in parents(outline.nodes):
        months[node.id] = node.months or (months[above.id] if above else ())
    return months


def _when(node: Node, months: tuple[int, ...]) -> Iterator[Chip]:
    if node.kind in _SHOWN_KINDS:
        yield Chip(str(Kind(node.kind).label), title="种类")
    if node.due:
        yield Chip(words.due_words(node.due), title="期限")
    elif node.months:
        yield Chip(words.month_words(node.months), title="月份")
    elif months and node.kind == "task":
        yield Chip(words.month_words(months), title="月份，随上一级", is_handed_down=True)
    for cadence in node.every:
        yield Chip(words.cadence_words(cadence), title="周期")
    for word in node.when:
        yield Chip(word, title="原文的时间用语，没有定日子")


def _chips(node: Node, names: Mapping[int, str]) -> Iterator[Chip]:
    edit = f"?edit={node.id}"
    for goal in node.targets:
        yield Chip(words.goal_words(goal), title="指标")
    if node.blank:
        yield Chip("待填", is_missing=True, url=f"{edit}&field=text", title="原文缺少数字")
    if node.owner:
        yield Chip(node.owner, title="谁负责")
    elif node.kind == "task":
        yield Chip("谁负责？", is_missing=True, url=f"{edit}&field=owner", title="还没有人负责")
    if node.area:
        yield Chip(area_label(node.area), title="工作方面")
    if node.continues is not None and node.continues in names:
        yield Chip(
            f"接 {names[node.continues]} ↩", url=f"#node-{node.continues}", title="接着这一条"
        )


def area_label(area: str) -> str:
    return dict(Area.choices).get(code_of(area), area)


@dataclass(frozen=True)
class Sheet:
    """One line of the source, drawn; ``is_current`` where the current node's words stand."""

    words: SafeString
    is_current: bool


def sheet_of(source: str, outline: Outline, current: int | None) -> list[Sheet]:
    lines: tuple[Line, ...] = paper(source, outline)
    return [Sheet(_line(line), current is not None and current in line.nodes) for line in lines]


def _line(line: Line) -> SafeString:
    return format_html_join("", "{}", ((_run(run),) for run in line.runs))


def _run(run: Run) -> SafeString:
    if run.aside is not None:
        return format_html('<del data-aside="{}">{}</del>', run.aside, run.text)
    if run.node is None:
        return format_html("<span>{}</span>", run.text)
    shape = '<mark data-node="{}">{}</mark>' if run.is_marked else '<span data-node="{}">{}</span>'
    return format_html(shape, run.node, run.text)
