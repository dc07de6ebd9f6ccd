"""What is read of schemes: their items as a tree, what does not add up, and a trial on records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.indicators.counting import Figure
from gonghui.core.indicators.personal import fits_person, people_figures, unit_for_person
from gonghui.core.indicators.reading import table
from gonghui.core.indicators.registry import Declared, indicators
from gonghui.core.orgs.models import BODIES, Org, subtree
from gonghui.core.people.models import Person
from gonghui.kit.dates import Period

from ..engine import marking
from ..models import Criterion, Filler, Scheme, Target
from ..rules import reads

MOST_TRIED = 3000  # people at once; more are tried unit by unit
NUMBERS = (marking.LINEAR, marking.EACH, marking.DEDUCT)


@dataclass(frozen=True)
class Row:
    """An item as it stands in the table, with the sum of what stands below a heading."""

    criterion: Criterion
    depth: int
    weight: Fraction
    indicator: str
    fault: str

    @property
    def words(self) -> str:
        return marking.said(self.weight)


def sheet(scheme: Scheme) -> list[Row]:
    """The items in their order, each heading before its own; one query."""
    children: dict[int | None, list[Criterion]] = {}
    for one in scheme.criteria.select_related("scheme"):
        children.setdefault(one.parent_id, []).append(one)
    return list(_rows(children, None, 0))


def _rows(children: dict[int | None, list[Criterion]], parent: int | None, depth: int) -> list[Row]:
    found = []
    for one in children.get(parent, []):
        below = _rows(children, one.pk, depth + 1)
        weight = _sum(below, depth + 1) if one.is_heading else _counted(one)
        found += [Row(one, depth, weight, _named(one), _fault(one, below)), *below]
    return found


def _sum(rows: list[Row], depth: int) -> Fraction:
    return sum((row.weight for row in rows if row.depth == depth), marking.NOUGHT)


def _counted(one: Criterion) -> Fraction:
    """What it adds to the full mark: bonus items and vetoes add nothing."""
    plain = not one.is_bonus and one.method != marking.VETO
    return Fraction(one.weight) if plain else marking.NOUGHT


def _named(one: Criterion) -> str:
    found = indicators.get(one.indicator)
    return _title(found, one.scheme.target) if found else ""


def _fault(one: Criterion, below: list[Row]) -> str:
    if one.is_heading:
        return "" if below else "这个大项下面还没有项目。"
    return _misfit(one) or marking.fault_of(one.rule)


def _misfit(one: Criterion) -> str:
    """Where who says the value and how it is marked do not go together; a veto is anybody's."""
    if one.method == marking.VETO:
        return ""
    if one.filler == Filler.RECORDS and not _named(one):
        return "请选择由哪个指标计算。"
    if one.filler == Filler.RECORDS and not fits(indicators[one.indicator], one.scheme.target):
        return "这个指标数的是单位，不是哪一个人的记录，评个人时不能由它计算。"
    if one.filler == Filler.RECORDS and one.method not in NUMBERS:
        return "由系统记录计分的，只能按数值比例、每项加分或每项扣分。"
    if one.filler == Filler.PEERS and one.method != marking.MARK:
        return "互评的项目只能由评委打分。"
    if one.filler == Filler.MEMBERS and one.method != marking.LINEAR:
        return "群众评议的项目按满意率计分，计分方法请选按数值比例。"
    return ""


def full_mark(scheme: Scheme) -> Fraction:
    return Fraction(scheme.full_mark)


def faults_of(scheme: Scheme) -> list[str]:
    """Everything that keeps a scheme from being issued, in sentences."""
    rows = sheet(scheme)
    found = [f"{row.criterion}：{row.fault}" for row in rows if row.fault]
    whole, full = _sum(rows, 0), full_mark(scheme)
    if not rows:
        return ["还没有评估项目。"]
    if whole != full:
        found.append(f"各项分值合计 {marking.said(whole)} 分，与满分 {marking.said(full)} 分不符。")
    if not scheme.bands.exists():
        found.append("还没有设等次。")
    return found


@dataclass(frozen=True)
class Tried:
    """What a unit or a person would have from the records alone; ``was`` is the place before.

    Whose figures are not all known has no place. The place before is by the earlier version.
    """

    whom: Org | Person
    marks: Fraction
    open: int
    place: int | None
    was: int | None
    cells: tuple[tuple[Criterion, str], ...]

    @property
    def words(self) -> str:
        return marking.said(self.marks)

    @property
    def moved(self) -> str:
        """Up or down against the version before, in words."""
        if self.was is None or self.place is None:
            return ""
        if self.was == self.place:
            return "不变"
        return (
            f"升 {self.was - self.place} 位"
            if self.was > self.place
            else (f"降 {self.place - self.was} 位")
        )


@dataclass(frozen=True)
class Trial:
    """A scheme tried on the units directly below a body, or on its people, over a period.

    Of ``crowd`` people, where they are too many to be tried at once, nobody is.
    """

    columns: tuple[Criterion, ...]
    possible: Fraction
    rows: tuple[Tried, ...]
    crowd: int = 0

    @property
    def words(self) -> str:
        return marking.said(self.possible)


def trial(scheme: Scheme, org: Org, period: Period, *, by: Actor) -> Trial:
    """Who would stand where by what the records hold; what must be judged is left out.

    One set of questions for all units or people and both versions. People are those of the body
    and all below it of whom ``by`` may read how they are judged.
    """
    now = _computed(scheme.pk)
    before = _computed(scheme.before_id) if scheme.before_id else []
    wanted = {one.indicator: indicators[one.indicator] for one in (*now, *before)}
    possible = sum((Fraction(one.weight) for one in now), marking.NOUGHT)
    people = reads.narrow(Person.objects.active().filter(subtree(org.path, field="org")), by)
    if scheme.target == Target.PERSON and (crowd := people.count()) > MOST_TRIED:
        return Trial(tuple(now), possible, (), crowd)
    whom, figures = (
        _of_people(people, wanted.values(), org, period)
        if scheme.target == Target.PERSON
        else _of_units(wanted.values(), org, period)
    )
    marks = {pk: _marks(now, found) for pk, found in figures.items()}
    ranks = _places(marks)
    past = _places({pk: _marks(before, found) for pk, found in figures.items()}) if before else {}
    rows = [
        Tried(
            whom[pk],
            _total(given),
            sum(one is None for one in given),
            ranks.get(pk),
            past.get(pk),
            tuple((one, _words(mark)) for one, mark in zip(now, given, strict=True)),
        )
        for pk, given in marks.items()
    ]
    return Trial(tuple(now), possible, tuple(sorted(rows, key=_in_order)))


Standing = tuple[Mapping[int, Org | Person], Mapping[int, Mapping[str, Figure]]]


def _of_units(wanted: Iterable[Declared], org: Org, period: Period) -> Standing:
    units = [line for line in table(wanted, org, period).units if line[0].kind not in BODIES]
    return {unit.pk: unit for unit, _ in units}, {unit.pk: found for unit, found in units}


def _of_people(
    people: QuerySet[Person], wanted: Iterable[Declared], org: Org, period: Period
) -> Standing:
    whom = {one.pk: one for one in people.select_related("org").order_by("org__path", "pk")}
    return whom, people_figures(wanted, whom, period, among=org)


def _in_order(row: Tried) -> tuple[bool, int]:
    """Those without a place stand last, in the order of the tree."""
    return row.place is None, row.place or 0


def _places(marks: Mapping[int, list[Fraction | None]]) -> dict[int, int]:
    known = {pk: _total(given) for pk, given in marks.items() if None not in given}
    return marking.places(known)


def _computed(scheme: int) -> list[Criterion]:
    """The items that the records answer by themselves."""
    counted = Criterion.objects.filter(scheme=scheme, filler=Filler.RECORDS)
    asked = counted.exclude(method__in=("", marking.VETO))
    ready = [one for one in asked if one.indicator in indicators]
    return [one for one in ready if not marking.fault_of(one.rule)]


def _marks(criteria: Iterable[Criterion], figures: Mapping[str, Figure]) -> list[Fraction | None]:
    return [marking.marks_of(one.rule, _value(figures.get(one.indicator))) for one in criteria]


def _words(marks: Fraction | None) -> str:
    return "" if marks is None else marking.said(marks)


def _value(figure: Figure | None) -> Fraction | None:
    return None if figure is None or figure.value is None else Fraction(figure.value)


def _total(marks: Iterable[Fraction | None]) -> Fraction:
    return sum((one for one in marks if one is not None), marking.NOUGHT)


def fits(one: Declared, target: str) -> bool:
    """Whether an indicator can be asked of whom a scheme judges."""
    return target != Target.PERSON or fits_person(one)


def offered(target: str) -> list[tuple[str, str]]:
    """Indicators a scheme may be computed by, of those that fit whom it judges."""
    return [(code, _title(one, target)) for code, one in indicators.items() if fits(one, target)]


def _title(one: Declared, target: str) -> str:
    unit = unit_for_person(one) if target == Target.PERSON else one.unit
    return f"{one.title}（{unit}）"
