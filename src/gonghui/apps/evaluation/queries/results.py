"""What the sheets of a round come to: every item's marks, totals, places, grades and ties.

Exact fractions all along, so that a tie is a tie. A few queries whatever the number of sheets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gonghui.core.indicators.personal import unit_for_person
from gonghui.core.indicators.registry import Declared, indicators
from gonghui.core.indicators.shown import unit_words
from gonghui.core.indicators.shown import words as figure_words

from ..engine import marking
from ..engine.ranking import Granted, grant
from ..models import Contender, Criterion, Filler, Round, SheetLine, Target
from .voting import Vote, agreed, votes_on


@dataclass(frozen=True)
class Spread:
    """What raters gave an item: how many of how many, lowest and highest."""

    given: int
    asked: int
    low: Fraction | None
    high: Fraction | None

    @property
    def words(self) -> str:
        if self.low is None or self.high is None:
            return f"{self.asked} 人互评，还没有人评"
        low, high = marking.said(self.low), marking.said(self.high)
        gap = f"最低 {low}，最高 {high}，相差 {marking.said(self.high - self.low)}"
        if self.low == self.high:
            gap = "一致"
        return f"{self.given} / {self.asked} 人已评，{gap}"


@dataclass(frozen=True)
class Marked:
    """One item of a sheet: its value in words, its marks, how far raters lie apart, the vote."""

    line: SheetLine
    value: Any
    marks: Fraction | None
    words: str
    spread: Spread | None = None
    vote: Vote | None = None

    @property
    def vote_words(self) -> str:
        """How members' vote stands, or what two tellers read of it; empty where there is none."""
        if self.vote:
            return self.vote.words(self.criterion.pk)
        found = agreed(self.line.counts.all()) if self.criterion.filler == Filler.MEMBERS else None
        return found.words if found else ""

    @property
    def criterion(self) -> Criterion:
        return self.line.criterion

    @property
    def happened(self) -> bool:
        return self.criterion.method == marking.VETO and self.value is True

    @property
    def is_open(self) -> bool:
        """Nobody knows yet; a bonus nobody claims is not open, a veto nobody looked at is."""
        return self.value is None and not self.criterion.is_bonus

    @property
    def marks_words(self) -> str:
        return "" if self.marks is None else marking.said(self.marks)


@dataclass(frozen=True)
class Result:
    """A contender with what its sheet comes to."""

    contender: Contender
    lines: tuple[Marked, ...]
    total: marking.Total
    place: int | None
    grade: str
    tied: str  # the grade it shares the last place of with others

    @property
    def words(self) -> str:
        return marking.said(self.total.marks)

    @property
    def standing(self) -> str:
        """Why it has no grade, where it has none."""
        if self.total.vetoes:
            return "一票否决：" + "、".join(self.total.vetoes)
        if self.total.open:
            return f"{len(self.total.open)} 项还没有结果"
        return f"并列，待评定（{self.tied}）" if self.tied else ""


@dataclass(frozen=True)
class Standing:
    """All who handed in, in their order, and the ties that stop the round."""

    results: tuple[Result, ...]
    granted: Granted


def lines_of(contenders: Iterable[Contender]) -> dict[int, list[Marked]]:
    """Contender → its items as they stand; peers' and members' included."""
    numbers = [one.pk for one in contenders]
    rows = SheetLine.objects.filter(contender__in=numbers).select_related("criterion__scheme")
    found: dict[int, list[Marked]] = {pk: [] for pk in numbers}
    reviews, votes = _reviews(numbers), votes_on(numbers)
    for line in rows.prefetch_related("counts").order_by("criterion__position", "criterion_id"):
        pk = line.contender_id
        found[pk].append(_marked(line, reviews.get(pk, []), votes.get(pk)))
    return found


def _reviews(numbers: list[int]) -> dict[int, list[dict[str, str] | None]]:
    """Contender → the marks of each review that was given, None for those that were not."""
    rows = Contender.objects.filter(pk__in=numbers).exclude(reviews=None).order_by("pk")
    found: dict[int, list[dict[str, str] | None]] = {}
    for pk, marks, at in rows.values_list("pk", "reviews__marks", "reviews__given_at"):
        found.setdefault(pk, []).append(marks if at else None)
    return found


def _marked(line: SheetLine, reviews: list[dict[str, str] | None], vote: Vote | None) -> Marked:
    one = line.criterion
    spread = None
    vote = vote if one.filler == Filler.MEMBERS else None
    if one.filler == Filler.PEERS:
        spread = _spread(str(one.pk), reviews)
        given = _given(str(one.pk), reviews)
        value = sum(given, marking.NOUGHT) / len(given) if given else None
    else:
        value = value_of(line)
        if value is None and vote:
            value = vote.share(one.pk)
    marks = marking.marks_of(one.rule, value)
    return Marked(line, value, marks, value_words(line, value), spread, vote)


def _given(code: str, reviews: list[dict[str, str] | None]) -> list[Fraction]:
    return [Fraction(marks[code]) for marks in reviews if marks and code in marks]


def _spread(code: str, reviews: list[dict[str, str] | None]) -> Spread:
    given = _given(code, reviews)
    return Spread(len(given), len(reviews), min(given, default=None), max(given, default=None))


def value_of(line: SheetLine) -> Any:
    """What counts of an item that no peers mark: the records, the tellers, or who looked last."""
    one = line.criterion
    if one.method == marking.VETO:
        return line.found
    if line.figure and line.is_counted:
        return Fraction(line.figure[0])
    if one.filler == Filler.MEMBERS:
        return share_of(line)
    said = line.own if line.found is None and line.is_asked else line.found
    return Fraction(said) if isinstance(said, str) and one.method not in OPTIONS else said


OPTIONS = (marking.TICKS, marking.LEVEL)


def share_of(line: SheetLine) -> Fraction | None:
    """Of a hundred who voted so many are content; nothing until two people say the same."""
    found = agreed(line.counts.all())
    return Fraction(100 * found.yes, found.cast) if found else None


def value_words(line: SheetLine, value: Any) -> str:
    """The value as people read it; empty where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "有" if value else "没有"
    if isinstance(value, list):
        return "、".join(value) or "都不符合"
    if isinstance(value, str):
        return value
    indicator = indicators.get(line.criterion.indicator)
    if indicator and line.is_counted:
        return recorded(line, indicator)
    return marking.said(value)


def recorded(line: SheetLine, one: Declared) -> str:
    """What the records hold of an item, with its unit; empty where they hold nothing."""
    if not line.figure:
        return ""
    judged = line.criterion.scheme.target == Target.PERSON
    unit = unit_words(unit_for_person(one) if judged else one.unit)
    return f"{figure_words(Decimal(line.figure[0]), one.unit)} {unit}".strip()


def total_of(lines: Iterable[Marked], bonus_cap: Fraction) -> marking.Total:
    """The sum of a sheet; a veto that nobody looked at leaves it open."""
    marked = list(lines)
    parts = [
        marking.Line(
            one.criterion.code, one.criterion.rule, one.marks, one.criterion.is_bonus, one.happened
        )
        for one in marked
    ]
    summed = marking.total(parts, bonus_cap)
    unseen = [
        one.criterion.code
        for one in marked
        if one.criterion.method == marking.VETO and one.value is None
    ]
    return marking.Total(summed.marks, (*summed.open, *unseen), summed.vetoes)


def standing(round_: Round) -> Standing:
    """Every sheet that was handed in with its marks, place and grade, the best first."""
    rows = round_.contenders.filter(state="handed").select_related("org", "person")
    contenders = list(rows)
    lines = lines_of(contenders)
    cap = Fraction(round_.scheme.bonus_cap)
    return ranked(
        round_, [(one, lines[one.pk], total_of(lines[one.pk], cap)) for one in contenders]
    )


def ranked(
    round_: Round,
    sheets: list[tuple[Contender, list[Marked], marking.Total]],
    bands: list[tuple[str, Fraction]] | None = None,
) -> Standing:
    """Places and grades of sheets whose totals are known already."""
    settled = {one.pk: total.marks for one, _, total in sheets if total.is_settled}
    able = {one.pk: total.marks for one, _, total in sheets if _may_have(total)}
    chosen = {one.pk: one.chosen for one, _, _ in sheets if one.chosen}
    granted = grant(able, bands or bands_of(round_), round_.quota_of, chosen)
    tied = {who: tie.grade for tie in granted.ties for who in tie.who}
    places = marking.places(settled)
    results = [
        Result(
            one,
            tuple(lines),
            total,
            places.get(one.pk),
            granted.grades.get(one.pk, ""),
            tied.get(one.pk, ""),
        )
        for one, lines, total in sheets
    ]
    results.sort(key=lambda found: (found.place is None, found.place or 0, found.contender.pk))
    return Standing(tuple(results), granted)


def _may_have(total: marking.Total) -> bool:
    return total.is_settled and not total.vetoes


def bands_of(round_: Round) -> list[tuple[str, Fraction]]:
    return [(one.title, Fraction(one.at_least)) for one in round_.scheme.bands.all()]
