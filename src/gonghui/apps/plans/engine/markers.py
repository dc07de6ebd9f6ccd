"""The numbering styles of the genre as a table, and where a paragraph may carry one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .numerals import fold, ordinal_of, roman_of

CN = "[一二三四五六七八九十百]{1,4}"
AR = r"\d{1,3}"
STRONG = '。;!?:…”’"』」)）】》. '
MEDIUM = ",、"
_NUMBERLIKE = frozenset("0123456789第.-~/+×%")
_WORDLIKE = frozenset("一二三四五六七八九十百第其统唯之任进万专逐不同划合归如")


@dataclass(frozen=True, slots=True)
class Style:
    """One way of numbering; ``floating`` lists live inside a paragraph's thought (一是 … 二是 …).

    ``inline`` says how firm the place before a sign within a paragraph must be: 3 only after the
    end of a sentence, 2 also after a comma, 0 never within a paragraph. ``weak`` signs count only
    where several paragraphs carry the next number in turn.
    """

    name: str
    pattern: re.Pattern[str]
    inline: int = 3
    floating: bool = False
    weak: int = 0


def _style(
    name: str, pattern: str, inline: int = 3, floating: bool = False, weak: int = 0
) -> Style:
    return Style(name, re.compile(pattern), inline, floating, weak)


_STEP = "阶段|步骤|步|周|方面|点|项|板块|环节|轮|批|类|个层面|层次"

_STEP_AFTER = "(?:阶段|步|周|方面|季度)"

STYLES: tuple[Style, ...] = (
    _style("part", rf"第\s?(?P<n>{CN}|{AR})\s?(?:部分|编|篇章)\s?[、:,.]?"),
    _style("chapter", rf"第\s?(?P<n>{CN}|{AR})\s?章\s?[、:,.]?"),
    _style("section", rf"第\s?(?P<n>{CN}|{AR})\s?节(?![目日约能])\s?[、:,.]?"),
    _style("article", rf"第\s?(?P<n>{CN}|{AR})\s?条(?![线例件款路])\s?[、:,.]?"),
    _style(
        "stage",
        rf"第(?P<n>{CN}|{AR})(?:(?:{_STEP})?(?:[、,和至到~]|-{{1,2}})第?(?P<z>{CN}|{AR}))?"
        rf"(?:阶段[:、,]?|(?:{_STEP})\s?[:、,]|(?:步|步骤|周)(?=\()|(?<=[一二三四五六七八九十])[、,:](?!{CN}{_STEP_AFTER}))",
        2,
        True,
    ),
    _style("stage", rf"第(?P<n>{CN})(?:是|要(?!务|素|求))", 2, True),
    _style("cn", rf"(?P<n>{CN})\s?(?:、|\.(?:(?=\d{{1,2}}[月、至-]|\d{{4}}年)|(?!\d)))"),
    _style("cn-formal", r"(?P<n>[壹贰叁肆伍陆柒捌玖拾]{1,3})\s?[、.:,]"),
    _style("cn-comma", rf"(?P<n>{CN})\s?[,:]", 0, weak=2),
    _style("cn()", rf"[(【\[<]\s?(?P<n>{CN})\s?[)】\]>][、.:,]?"),
    _style("cn()", r"(?P<n>[㈠-㈩])[、.:,]?"),
    _style("cn)", rf"(?P<n>{CN})\s?\)[、.:,]?"),
    _style("cn-space", rf"(?P<n>{CN})\s+(?=[\u4e00-\u9fff“《\d])", 0, weak=2),
    _style("cn-bare", rf"(?P<n>{CN})\s?(?=[\u4e00-\u9fff“《])", 0, weak=3),
    _style("ar", rf"(?P<n>{AR})\s?、"),
    _style("ar.", rf"(?P<n>{AR})\s?\.(?:(?=\d{{4}}年|\d{{1,2}}月)|(?![\d.]))、?"),
    _style("ar.", r"(?P<n>[⒈-⒛])[、.]?"),
    _style("ar1.1.1", r"(?P<p>\d{1,2}\.\d{1,2})\.(?P<n>\d{1,2})(?![\d%])[、.]?", 0),
    _style("ar1.1", r"(?P<p>\d{1,2})\.(?P<n>\d{1,2})(?![\d.%万亿元倍米个]|月(?!度))[、.]?", 0),
    _style(
        "ar1-1",
        r"(?P<p>\d{1,2})-(?P<n>\d{1,2})(?:\s?[、.:]\s?|\s+)(?=[\u4e00-\u9fff“《])(?![月日季年])",
        0,
    ),
    _style("ar()", rf"[(【\[]\s?(?P<n>{AR})\s?[)】\]][、.:,]?", 2),
    _style("ar()", r"(?P<n>[⑴-⒇])[、.:,]?", 2),
    _style("ar)", rf"(?P<n>{AR})\s?\)[、.:,]?"),
    _style("ar-comma", rf"(?P<n>{AR})\s?[,:](?!\d)", 0, weak=2),
    _style(
        "ar-space", r"(?P<n>\d{1,2})\s+(?=[\u4e00-\u9fff“《])(?!月|日|年[^终度底初会])", 0, weak=2
    ),
    _style(
        "ar-bare", r"(?P<n>\d{1,2})(?=[\u4e00-\u9fff“《])(?![月日年个名人次期场届岁])", 0, weak=3
    ),
    _style("circled", r"(?P<n>[①-⑳❶-❿])\s?[、.:,]?", 1),
    _style("letter", r"(?P<n>[A-Za-z])\s?[、.)](?![A-Za-z.])"),
    _style("letter()", r"\((?P<n>[A-Za-z])\)[、.]?"),
    _style("roman", r"(?P<n>[Ⅰ-Ⅻ])\s?[、.:,]?"),
    _style("roman", r"(?P<r>I{1,3}|IV|VI{0,3}|IX|XI{0,3})\s?[、.]"),
    _style("shi", rf"(?P<n>{CN})(?:是|要(?!务|素|求)|为(?!了|主|此|实现|期))[:,]?", 2, True),
    _style("shi", r"其(?P<n>[一二三四五六七八九])\s?(?:是|[,、:])", 2, True),
    _style("order", r"(?P<w>首先|其次|再次|再者|然后|最后)(?:是)?[,、:]?", 3, True),
)
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "然后": 3, "最后": 4}
_GLUED = re.compile(
    r"(?<![\d.\-~/:第每约近达共各])(?P<n>\d{1,2})(?=[\u4e00-\u9fff“]{4})"
    r"(?![月日年个名人次期场届岁家户件条项篇本册份元万亿千百点分天周小时余多来至到级号楼层米公吨台套支])"
)
BULLETS = re.compile(r"[●•◆■▪★☆▲►➢✓○◇□※▶‧∙◎♦▷➤❖·]\s?|(?:[-*+]\s+(?=\S))")
# A dash begins an item only beside another: a lone one begins a subtitle or who was quoted.
_DASH = re.compile(r"-{1,4}(?=[\u4e00-\u9fff“《])")
_SLIP = re.compile(r"(?<=[。;])[\u4e00-\u9fff]是(?=[\u4e00-\u9fff])")
_BOOK = re.compile(r"《[^《》]{1,60}》")
MERGED = re.compile(
    rf"\d{{1,2}}、(?P<b>\d{{1,2}})(?:、\d{{1,2}}){{0,10}}月|{CN}、(?P<c>{CN})(?:、{CN}){{0,10}}月"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sign that may be numbering: which style, which number, where, and how firm its place is."""

    style: str
    ordinal: int
    start: int
    end: int
    firm: int  # 4 begins the paragraph, 3 after a sentence, 2 after a comma, 1 within words
    floating: bool = False
    last: int = 0  # the number its item ends with: 第五周至第八周
    needed: int = 3  # how firm a place within a paragraph must be to open a list
    prefix: str = ""
    months: bool = False  # could as well be the first of merged months: 4、5月份
    weak: int = 0

    @property
    def leads(self) -> bool:
        return self.firm == 4


def candidates(text: str) -> list[Candidate]:
    """All signs of a paragraph that could be numbering, in order; the builder decides."""
    folded = fold(text)
    lead = len(folded) - len(folded.lstrip())
    books = [m.span() for m in _BOOK.finditer(folded)]
    found: list[Candidate] = []
    for style in STYLES:
        for match in _matches(style, folded, lead):
            candidate = _candidate(style, match, folded, lead)
            if candidate and not any(a < candidate.start < b for a, b in books):
                found.append(candidate)
    found += _bullets(folded, lead)
    found += _slips([c for c in found if c.style == "shi"], folded)
    if not any(c.leads and not c.weak for c in found):
        found += _glued(folded, lead)
    return sorted(found, key=lambda c: (c.start, -c.end))


def _bullets(folded: str, lead: int) -> Iterator[Candidate]:
    if bullet := BULLETS.match(folded, lead):
        yield Candidate(f"bullet{folded[lead]}", 0, bullet.start(), bullet.end(), 4)
    elif dash := _DASH.match(folded, lead):
        yield Candidate(f"bullet{dash[0]}", 0, dash.start(), dash.end(), 4, weak=2)


def _slips(series: list[Candidate], folded: str) -> list[Candidate]:
    """``地是`` for 二是: the series jumps from 一是 to 三是 and one odd sign stands between."""
    found = []
    for one, three in pairwise(series):
        slip = _SLIP.search(folded, one.end, three.start)
        if slip and three.ordinal == one.ordinal + 2:
            ordinal = one.ordinal + 1
            found.append(Candidate("shi", ordinal, slip.start(), slip.end(), 3, True, ordinal, 2))
    return found


def _glued(folded: str, lead: int) -> list[Candidate]:
    """``1强化学习,…2深入谈心,…3开展活动``: bare numbers count where three in turn share a text."""
    found: list[Candidate] = []
    for match in _GLUED.finditer(folded, lead):
        if int(match["n"]) != len(found) + 1 or (not found and match.start() != lead):
            continue
        firm = 3 if found else 4
        ordinal = len(found) + 1
        found.append(Candidate("ar-glued", ordinal, *match.span("n"), firm, last=ordinal))
    return found if len(found) > 2 else []


def label_candidate(label: str, level: int | None) -> Candidate:
    """The sign that a file generates and the text does not contain."""
    folded = fold(label).strip()
    for style in STYLES:
        match = style.pattern.fullmatch(folded)
        number = _ordinal(match) if match else None
        if number is not None:
            return Candidate(f"{style.name}@{level}", number, 0, 0, 4, last=number)
    return Candidate(f"bullet@{level}", 0, 0, 0, 4)


def _case(match: re.Match[str]) -> str:
    """Small letters number below capitals: their series are two."""
    letter = match.groupdict().get("n") or ""
    return "a" if letter.isascii() and letter.islower() else ""


def _matches(style: Style, folded: str, lead: int) -> Iterator[re.Match[str]]:
    if style.inline:
        yield from style.pattern.finditer(folded)
        return
    match = style.pattern.match(folded, lead)
    if match:
        yield match


def _ordinal(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("w"):
        return _ORDER[groups["w"]]
    if groups.get("r"):
        return roman_of(groups["r"])
    return ordinal_of(groups["n"])


def _candidate(style: Style, match: re.Match[str], folded: str, lead: int) -> Candidate | None:
    ordinal = _ordinal(match)
    start = match.start()
    if ordinal is None or start < lead:
        return None
    firm = _firmness(folded, start, lead)
    if firm < 3 and _grows_out_of_a_word(style, folded, start):
        return None
    merged = MERGED.match(folded, start)
    return Candidate(
        style.name + _case(match),
        ordinal,
        start,
        match.end(),
        firm,
        style.floating,
        last=_last(match, ordinal),
        needed=style.inline,
        prefix=match.groupdict().get("p") or "",
        months=merged is not None and ordinal_of(merged["b"] or merged["c"]) == ordinal + 1,
        weak=style.weak,
    )


def _last(match: re.Match[str], ordinal: int) -> int:
    return ordinal_of(match.groupdict().get("z") or "") or ordinal


def _firmness(folded: str, start: int, lead: int) -> int:
    if start == lead:
        return 4
    before = folded[start - 1]
    if before in STRONG:
        return 3
    return 2 if before in MEDIUM else 1


def _grows_out_of_a_word(style: Style, folded: str, start: int) -> bool:
    """``第3、`` ``2.1、`` ``统一是`` ``(1)`` seen as ``1)``: the sign is the tail of something."""
    before = folded[start - 1]
    if style.name.startswith(("ar", "letter", "roman", "circled")):
        return before in _NUMBERLIKE or before == "(" or (before.isascii() and before.isalnum())
    return before in _WORDLIKE or before == "("
