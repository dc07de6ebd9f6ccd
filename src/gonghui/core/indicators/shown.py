"""How figures are told: words, the spread between units, the line of twelve months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from gonghui.kit.dates import Period

from .counting import Figure, Number, Point
from .registry import PERCENT, Declared

UNKNOWN = "暂无"
WIDTH, HEIGHT, SIDE, TOP, FOOT = 640, 160, 28, 24, 24


def words(value: Number | None, unit: str = "") -> str:
    """A number as people read it; a rate to one place, an amount without idle noughts."""
    if value is None:
        return UNKNOWN
    if unit == PERCENT:
        return f"{Decimal(value).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
    places = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{places:,.2f}".rstrip("0").rstrip(".")


def unit_of(one: Declared) -> str:
    """What is written behind the number; a percentage says it itself."""
    return unit_words(one.unit)


def unit_words(unit: str) -> str:
    return "" if unit == PERCENT else unit


@dataclass(frozen=True)
class Spread:
    """How far units lie apart; of those of which something is known."""

    count: int
    low: Number
    middle: Number
    high: Number


def spread(figures: Iterable[Figure]) -> Spread | None:
    """Nothing where fewer than two units have a figure."""
    known = [figure.value for figure in figures if figure.value is not None]
    if len(known) < 2:
        return None
    return Spread(len(known), min(known), median(map(Decimal, known)), max(known))


def change_words(one: Declared, now: Figure, then: Figure) -> str:
    """How it differs from a year ago, in its own unit; percentages in points."""
    if now.value is None or then.value is None:
        return ""
    more = Decimal(now.value) - Decimal(then.value)
    if not more:
        return "持平"
    sign = "+" if more > 0 else "−"
    if one.unit == PERCENT:
        return f"{sign}{words(abs(more), PERCENT).removesuffix('%')} 个百分点"
    return f"{sign}{words(abs(more))} {one.unit}"


@dataclass(frozen=True)
class Dot:
    """A month on the line; nothing known, no dot."""

    month: Period
    word: str
    x: int
    y: int | None
    is_known: bool

    @property
    def label(self) -> str:
        return f"{self.month.start.month} 月"


@dataclass(frozen=True)
class Chart:
    """A line of months, drawn as SVG; where nothing is known it breaks."""

    dots: Sequence[Dot]
    lines: Sequence[str]
    top: str
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = HEIGHT - FOOT


def chart(one: Declared, points: Sequence[Point]) -> Chart | None:
    """The line of a series; none where less than two months are known."""
    known = [point.figure.value for point in points if point.figure.value is not None]
    if len(known) < 2:
        return None
    highest = max(known) or 1
    step = (WIDTH - 2 * SIDE) / max(1, len(points) - 1)
    dots = []
    for n, point in enumerate(points):
        value = point.figure.value
        y = None
        if value is not None:
            share = float(value) / float(highest)
            y = round(HEIGHT - FOOT - share * (HEIGHT - FOOT - TOP))
        told = words(value, one.unit)
        dots.append(Dot(point.month, told, round(SIDE + n * step), y, value is not None))
    return Chart(dots, _lines(dots), words(highest, one.unit))


def _lines(dots: Sequence[Dot]) -> list[str]:
    runs: list[list[str]] = [[]]
    for dot in dots:
        if dot.y is None:
            runs.append([])
        else:
            runs[-1].append(f"{dot.x},{dot.y}")
    return [" ".join(run) for run in runs if len(run) > 1]


def cell(row: Any, way: str, kinds: dict[Any, str]) -> Any:
    """What a record says in a column, as people read it."""
    *path, name = way.split("__")
    for step in path:
        row = getattr(row, step, None)
    if row is None:
        return None
    said = getattr(row, name, None)
    if said in kinds:
        return kinds[said]
    told = getattr(row, f"get_{name}_display", None)
    return told() if told else said
