"""How an app says what can be counted of its records; it counts nothing itself.

A **source** is a sort of record: whose it is, on which day it happened or from when to when it
holds, and who may read it. An **indicator** counts the rows of a source, adds up a column of them,
or counts the people in them; a **ratio** sets two indicators beside each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Case, CharField, DateTimeField, Model, Q, QuerySet, Value, When

from gonghui.core.people.models import Employment, Sex
from gonghui.kit.dates import Period
from gonghui.kit.moments import midnight
from gonghui.kit.registry import Registry
from gonghui.kit.rules import Rule

PERSON, PERSON_TIME, PERCENT = "人", "人次", "%"
UNITS = (
    PERSON, PERSON_TIME, PERCENT, "次", "期", "元", "学时", "小时", "本", "篇", "个", "项", "件",
    "场", "分", "条", "张", "届", "份", "对", "课", "天", "家", "门", "部",
)  # fmt: skip
UNKNOWN = "未填"

# The parts of the page, by the officer's own words; an app with a part of its own adds it here.
areas: Registry[str] = Registry("areas of indicators")
for _code, _label in (
    ("organisation", "组织"),
    ("membership", "会员"),
    ("elections", "换届"),
    ("cadres", "干部与制度"),
    ("plans", "计划"),
    ("learning", "学习创争"),
    ("activities", "活动"),
    ("volunteering", "志愿"),
):
    areas.add(_code, _label)


@dataclass(frozen=True)
class Split:
    """One way to divide what is counted: by a column, or by an expression of the last day.

    The words of a column with choices are its own; ``words`` says them for any other.
    """

    code: str
    title: str
    column: str = ""
    words: Mapping[Any, str] = field(default_factory=dict)
    expression: Callable[[date], Any] | None = None

    def at(self, day: date) -> Any:
        """What rows are grouped by."""
        return self.expression(day) if self.expression else self.column


# From people to the bodies where they count and where they did: a move is told to both.
STOOD = ("org", "ledger__org")


def sexes(person: str = "person") -> Split:
    """By sex, of the person the row is about."""
    return Split("sex", "性别", _on(person, "sex"), dict(Sex.choices))


def employments(column: str = "employment") -> Split:
    """By how people are employed."""
    return Split("employment", "用工形式", column, dict(Employment.choices))


def ages(person: str = "person") -> Split:
    """By age in whole years on the last day, in steps of ten; our own steps, no legal bands."""
    column, words = _on(person, "birth_date"), {str(n): _band(n) for n in range(2, 7)}

    def bands(day: date) -> Case:
        # Born on or before that day: at least so many years old.
        cases = [
            When(**{f"{column}__lte": _years_before(day, 10 * n)}, then=Value(str(n)))
            for n in range(6, 2, -1)
        ]
        young = When(**{f"{column}__isnull": False}, then=Value("2"))
        return Case(*cases, young, default=Value(""), output_field=CharField())

    return Split("age", "年龄", words=words, expression=bands)


def _band(tens: int) -> str:
    if tens == 2:
        return "30 岁以下"
    return "60 岁及以上" if tens == 6 else f"{10 * tens}～{10 * tens + 9} 岁"


def _years_before(day: date, years: int) -> date:
    """The day so many years before; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _on(person: str, column: str) -> str:
    return f"{person}__{column}" if person else column


@dataclass(frozen=True)
class Added:
    """How rows that are only ever added, never changed, tell by themselves which are new: ``at`` is
    the moment they were written, ``orgs`` the ways to the bodies whose figures one changes.
    """

    at: str
    orgs: tuple[str, ...] = ("org",)


@dataclass(frozen=True, eq=False)
class Source:
    """A sort of record that can be counted.

    ``rows`` gives all there are, anywhere, at any time. ``org`` leads to the body a row counts for.
    ``day`` is the column of the day or moment it happened; ``since`` and ``until`` those from when
    to when it holds, an empty ``since`` meaning always. With none of the three it is only known how
    things are today, and there is no figure of a past day. ``person`` leads to whom the row is
    about; ``once``: nobody stands in it twice on one day, so rows are people; ``personal``: they
    tell what that person did or earned, so it may be asked of one alone (``personal.py``).
    ``rule`` says who may read which rows. ``columns`` are what the table of records shows: columns
    of the row, also of what it refers to (``person__name``), each alone or with its head. ``page``
    leads to the record whose page a row opens; ``""`` is the row itself. ``follows`` names the
    models whose history tells that rows have changed, each with the way to the body, or the ways
    where a change concerns several; the row's own model is followed by ``org``. Of what is only
    ever ``added`` no history is asked. All other ways go by forward keys.
    """

    code: str
    rows: Callable[[], QuerySet[Any]]
    rule: Rule
    org: str = "org"
    day: str = ""
    since: str = ""
    until: str = ""
    person: str = ""
    once: bool = False
    personal: bool = False
    columns: tuple[str | tuple[str, str], ...] = ()
    page: str = ""
    splits: tuple[Split, ...] = ()
    follows: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    added: Added | None = None

    @property
    def model(self) -> type[Model]:
        return self.rows().model

    @property
    def is_span(self) -> bool:
        """What happens, and is counted over a period; otherwise what holds, on its last day."""
        return bool(self.day)

    @property
    def is_dated(self) -> bool:
        """Whether a past day can be asked for."""
        return bool(self.day or self.since or self.until)


@dataclass(frozen=True, eq=False)
class Did:
    """What people do on days: all such rows, and the ways to who did it and to when."""

    rows: Callable[[], QuerySet[Any]]
    day: str
    person: str = "person"

    def within(self, period: Period) -> QuerySet[Any]:
        """What was done in a period."""
        since, until = self.from_(period.start), self.from_(period.end + timedelta(days=1))
        return self.rows().filter(**{f"{self.day}__gte": since, f"{self.day}__lt": until})

    def from_(self, day: date) -> date | datetime:
        """From when on something was done on a day or later, as its column has it."""
        is_moment = isinstance(column_of(self.rows().model, self.day), DateTimeField)
        return midnight(day) if is_moment else day


@dataclass(frozen=True, eq=False)
class Indicator:
    """What is counted of a source's rows: those that meet ``only``, and ``during`` the period.

    With ``did`` it counts the rows of a last day whose people did something in the period; then
    many spans are counted by reading what was done once.

    It counts rows; with ``sum`` it adds up that column; with ``people`` it counts the persons in
    the rows, each once. ``among`` are the rows that say anything about it: where there are none,
    such as nobody of whom it is filled in, nothing is known. ``personal`` is false where the rows
    it counts are of nobody on the books. ``about`` is the definition, in a sentence for the
    officer; ``basis`` the paper it comes from, where it comes from one.
    """

    code: str
    title: str
    unit: str
    area: str
    source: Source
    only: Q = field(default_factory=Q)
    during: Callable[[Period], Q] | None = None
    did: Did | None = None
    sum: str = ""
    people: bool = False
    among: Q | None = None
    personal: bool = True
    about: str = ""
    basis: str = ""

    @property
    def kind(self) -> str:
        """人 and 人次 are told apart by this, never by a guess."""
        if self.people:
            return "people"
        return "sum" if self.sum else "count"

    @property
    def adds_up(self) -> bool:
        """Whether the figures of two months, and of two units, make that of both."""
        return self.source.is_span and not self.people and self.during is None

    def condition(self, period: Period) -> Q:
        found = self.only & self.during(period) if self.during else self.only
        if self.did is None:
            return found
        did = self.did.within(period).order_by().values(self.did.person)
        return found & Q(**{f"{self.source.person}__in": did})


@dataclass(frozen=True, eq=False)
class Ratio:
    """One indicator over another, shown with both; in percent, or in ``unit`` such as 学时/人.

    Of a hundred where the unit says so: 次/百人.
    """

    code: str
    title: str
    unit: str
    area: str
    over: str
    under: str
    about: str = ""
    basis: str = ""

    @property
    def times(self) -> int:
        return 100 if self.unit == PERCENT or "/百" in self.unit else 1


Declared = Indicator | Ratio
indicators: Registry[Declared] = Registry("indicators")
sources: Registry[Source] = Registry("sources of indicators")


def declare(*things: Declared) -> None:
    """Add indicators; a mistake in one is found at start."""
    for one in things:
        if isinstance(one, Indicator):
            _check(one)
            if one.source.code not in sources:
                sources.add(one.source.code, one.source)
            elif sources[one.source.code] is not one.source:
                raise ValueError(f"{one.code}: another source is called {one.source.code!r}")
        if one.area not in areas:
            raise ValueError(f"{one.code}: unknown area {one.area!r}")
        indicators.add(one.code, one)


def check_ratios() -> None:
    """Once everything is declared: both parts are there, and 人 is never divided by 人次."""
    for one in indicators:
        if not isinstance(one, Ratio):
            continue
        over, under = counted(one.over), counted(one.under)
        if one.unit == PERCENT:
            if over.unit != under.unit:
                raise ValueError(f"{one.code}: {over.unit} of {under.unit} is no percentage")
        elif one.unit.replace("/百", "/") not in (*UNITS, f"{over.unit}/{under.unit}"):
            raise ValueError(f"{one.code}: {one.unit} is not {over.unit}/{under.unit}")


def counted(code: str) -> Indicator:
    """An indicator that is counted itself."""
    found = indicators[code]
    if not isinstance(found, Indicator):
        raise ValueError(f"{code} is a ratio")
    return found


def parts(one: Declared) -> tuple[Indicator, ...]:
    """What has to be counted for it."""
    return (one,) if isinstance(one, Indicator) else (counted(one.over), counted(one.under))


def all_parts(some: Iterable[Declared]) -> list[Indicator]:
    """What has to be counted for all of them, each once."""
    found = {part.code: part for one in some for part in parts(one)}
    return list(found.values())


def words_of(split: Split, model: type[Model]) -> dict[Any, str]:
    """Value → word: those said, or the choices of the column."""
    if split.words or split.expression:
        return dict(split.words)
    return dict(column_of(model, split.column).flatchoices or ())


def column_of(model: type[Model], way: str) -> Any:
    """The column a way of forward keys ends at."""
    found: Any = None
    for name in way.split("__"):
        found = model._meta.get_field(name)
        if found.is_relation:
            model = found.related_model
    return found


def _check(one: Indicator) -> None:
    """Units are never mixed: 人 are people counted once, 人次 are rows."""
    if one.unit not in UNITS:
        raise ValueError(f"{one.code}: unknown unit {one.unit!r}")
    if one.people and not one.source.person:
        raise ValueError(f"{one.code}: its source does not say whom a row is about")
    if (one.unit == PERSON) != (one.people or (one.source.once and not one.sum)):
        raise ValueError(f"{one.code}: 人 are people, each once; rows of people are 人次")
    if one.sum and one.people:
        raise ValueError(f"{one.code}: people are not added up")
    source = one.source
    _check_did(one)
    _check_source(source)
    names = [source.org, source.day, source.since, source.until, source.person, one.sum]
    for way in filter(None, names):
        try:
            column_of(source.model, way)
        except FieldDoesNotExist as error:
            raise ValueError(f"{one.code}: {error}") from error


def _check_did(one: Indicator) -> None:
    counts_rows = not (one.sum or one.people or one.during)
    if one.did and not (counts_rows and one.source.person and not one.source.is_span):
        raise ValueError(f"{one.code}: what people did counts rows that hold and are of a person")


def _check_source(source: Source) -> None:
    if source.personal and (not source.person or source.once):
        raise ValueError(f"{source.code}: what a person did names the person, and once is no deed")
    if source.day and (source.since or source.until):
        raise ValueError(f"{source.code}: a row happens on a day or holds for a while, not both")
