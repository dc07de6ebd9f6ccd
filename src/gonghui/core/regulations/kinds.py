"""The kinds of value a standard may have: how each is kept, read from a person, and told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from typing import Any

from gonghui.kit.amounts import plain
from gonghui.kit.errors import DomainError
from gonghui.kit.law import Band

_WIDE = str.maketrans("０１２３４５６７８９．％／，；：～－—–", "0123456789.%/,;:----")
_NUMERALS = "零一二三四五六七八九十"
_RANGE = r"(\d+)\s*-+\s*(\d+)"
_OPEN = r"(\d+)\s*(?:以上|起)"
_BAND = re.compile(rf"^(?:{_RANGE}|{_OPEN})\s*[:：]\s*(?:{_RANGE}|(\d+))$")


@dataclass(frozen=True)
class ValueKind:
    """``kept`` is what JSON holds; ``parse`` reads a person's words into it, or refuses."""

    typed: Callable[[Any], Any]
    parse: Callable[[str], Any]
    told: Callable[[Any, str], str]
    written: Callable[[Any], str]
    hint: str = ""


def parse_integer(text: str) -> int:
    text = text.translate(_WIDE).strip()
    if not re.fullmatch(r"\d{1,9}", text):
        raise DomainError("请填一个整数，例如 25。")
    return int(text)


def parse_percent(text: str) -> str:
    text = text.translate(_WIDE).strip().removesuffix("%").strip()
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not (value.is_finite() and 0 <= value <= 100):
        raise DomainError("请填 0 到 100 之间的百分数，例如 5 或 2.5。")
    return plain(value)


def parse_fraction(text: str) -> str:
    match = re.fullmatch(r"(\d{1,6})\s*/\s*(\d{1,6})", text.translate(_WIDE).strip())
    if not match or not int(match[2]) or int(match[1]) > int(match[2]):
        raise DomainError("请填不大于 1 的分数，例如 2/3。")
    return f"{int(match[1])}/{int(match[2])}"


def parse_integers(text: str) -> list[int]:
    words = [word for word in re.split(r"[\s,、;]+", text.translate(_WIDE)) if word]
    if not words or any(not re.fullmatch(r"\d{1,9}", word) for word in words):
        raise DomainError("请填一个或几个整数，用顿号隔开，例如 180、90、30。")
    return sorted({int(word) for word in words}, reverse=True)


def parse_bands(text: str) -> list[list[int | None]]:
    lines = [line.strip() for line in re.split(r"[\n;]", text.translate(_WIDE)) if line.strip()]
    bands = sorted((_band(line) for line in lines), key=lambda band: band[0])
    if not bands:
        raise DomainError("请每行填一档，例如 25-200：3-7。")
    for below, above in pairwise(bands):
        if below[1] is None or above[0] <= below[1]:
            raise DomainError(f"从 {above[0]} 人起的一档与前一档重叠，请改正。")
    return bands


def _band(line: str) -> list[Any]:
    match = _BAND.match(re.sub(r"(?<=\d)\s*人", "", line))
    if not match:
        raise DomainError(
            f"没有读懂“{line}”。请每行填一档，例如 25-200：3-7，或 50001 以上：37-45。"
        )
    least, most, onward, low, high, exact = match.groups()
    band = [
        int(least or onward),
        int(most) if most else None,
        int(low or exact),
        int(high or exact),
    ]
    try:
        _to_band(band)
    except ValueError as error:
        raise DomainError(f"“{line}”前后颠倒，请改正。") from error
    return band


def _to_band(kept: Any) -> Band:
    return Band(*kept)


def _fraction_words(kept: str, unit: str) -> str:
    top, bottom = (int(one) for one in kept.split("/"))
    if bottom < len(_NUMERALS):
        return f"{_NUMERALS[bottom]}分之{_NUMERALS[top]}"
    return f"{bottom} 分之 {top}"


def _band_line(kept: Any) -> str:
    band = _to_band(kept)
    whom = f"{band.least}-{band.most}" if band.most is not None else f"{band.least} 以上"
    size = str(band.low) if band.low == band.high else f"{band.low}-{band.high}"
    return f"{whom}：{size}"


def _bands_words(kept: Any, unit: str) -> str:
    return "；".join(_band_words(_to_band(one), unit) for one in kept)


def _band_words(band: Band, unit: str) -> str:
    size = str(band.low) if band.low == band.high else f"{band.low}-{band.high}"
    if band.least == 0 and band.most is None:
        return f"{size} {unit}"
    whom = f"{band.least}-{band.most} 人" if band.most is not None else f"{band.least} 人以上"
    return f"{whom}：{size} {unit}"


def _plain(kept: Any, unit: str) -> str:
    return f"{kept} {unit}".strip()


KINDS: Mapping[str, ValueKind] = {
    "integer": ValueKind(int, parse_integer, _plain, str, "整数"),
    "percent": ValueKind(
        lambda kept: Fraction(kept) / 100,
        parse_percent,
        lambda kept, unit: f"{kept}%",
        str,
        "百分数，例如 5",
    ),
    "fraction": ValueKind(Fraction, parse_fraction, _fraction_words, str, "分数，例如 2/3"),
    "integers": ValueKind(
        tuple,
        parse_integers,
        lambda kept, unit: _plain("、".join(map(str, kept)), unit),
        lambda kept: "、".join(map(str, kept)),
        "一个或几个整数，用顿号隔开",
    ),
    "bands": ValueKind(
        lambda kept: tuple(map(_to_band, kept)),
        parse_bands,
        _bands_words,
        lambda kept: "\n".join(map(_band_line, kept)),
        "每行一档，例如 25-200：3-7",
    ),
}
