"""Which value of a standard holds where on which day, one by one or for a whole tree at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Case, IntegerField, When

from gonghui.core.orgs.models import STEP, Org, subtree

from .figures import figures
from .leaders import Second, first_of, led_twice
from .models import DOUBTFUL, Standard, Tag


@dataclass(frozen=True)
class Value:
    """A value as it held on a day, with where it comes from; ``org`` None is for all unions."""

    key: str
    value: Any  # int, Fraction, tuple of int or of Band, str: by the figure's kind
    kept: Any
    unit: str
    source: str
    tag: str
    org: int | None
    org_name: str
    since: date | None

    @property
    def words(self) -> str:
        return figures[self.key].told(self.kept)

    @property
    def lines(self) -> list[str]:
        """The words, a band a line."""
        return self.words.split("；")

    @property
    def is_doubtful(self) -> bool:
        """Only from memory: shown as 待核实 until somebody has checked it."""
        return self.tag in DOUBTFUL

    def told(self) -> dict[str, Any]:
        """What a finding or a paper keeps of it."""
        return {
            "key": self.key,
            "title": figures[self.key].title,
            "words": self.words,
            "source": self.source,
            "tag": Tag(self.tag).label,
            "doubtful": self.is_doubtful or self.tag == Tag.SAMPLE,
            "org": self.org_name,
            "since": self.since.isoformat() if self.since else "",
        }


@dataclass(frozen=True)
class Values:
    """The values of one standard everywhere on one day: that for all, and those of bodies.

    ``own`` maps a path to the value that holds from there down: of whoever set one, and at a body
    led twice the one that comes first of both its leaders' (``leaders``).
    """

    key: str
    day: date
    national: Value | None = None
    own: dict[str, Value] = field(default_factory=dict)

    def at(self, path: str) -> Value | None:
        """The nearest value up the path, else that for all, else none."""
        if self.own:
            for end in range(len(path), 0, -STEP):
                found = self.own.get(path[:end])
                if found is not None:
                    return found
        return self.national

    @property
    def is_set(self) -> bool:
        """Whether anybody set a value at all; a check without one does not run."""
        return self.national is not None or bool(self.own)

    @cached_property
    def distinct(self) -> list[Value]:
        """Every value that holds somewhere."""
        set_by = {value.org: value for value in self.own.values()}
        return [*([self.national] if self.national else []), *set_by.values()]

    def sql(self, field: str = "path", *, scale: int = 1) -> Case:
        """The value as a whole number by the row's path, NULL where none holds.

        ``field`` leads to the path. ``scale`` is multiplied in: ``scale=100`` makes an exact
        whole number of a percentage as it is written, 2.5 % needs ``scale=1000`` and so on.
        """
        deepest_first = sorted(self.own.items(), key=lambda one: -len(one[0]))
        name = field.removesuffix("__path") if field != "path" else ""
        whens = [
            When(subtree(path, field=name), then=models.Value(_whole(value.value * scale)))
            for path, value in deepest_first
        ]
        default = _whole(self.national.value * scale) if self.national else None
        return Case(*whens, default=models.Value(default), output_field=IntegerField())


def standard(key: str, *, org: Org | None, day: date) -> Value | None:
    """The value that holds for a body on a day; None where nobody set one.

    One query, and one more where any body has a value of its own; those are few.
    """
    rows = list(_held([key], day))
    path = org.path if org else ""
    led = led_twice([path]) if path and any(row.org_id for row in rows) else {}
    return _values(key, day, rows, led).at(path)


def values_for(key: str, *, day: date) -> Values:
    """All values of one standard on a day; see ``values_of``."""
    return values_of([key], day=day)[key]


def values_of(keys: Iterable[str], *, day: date) -> dict[str, Values]:
    """All values of several standards on a day, in one query; own values are few and come whole.

    Where any body has a value of its own, one more query says who is led twice.
    """
    wanted = list(keys)
    rows: dict[str, list[Standard]] = {key: [] for key in wanted}
    for row in _held(wanted, day):
        rows[row.key].append(row)
    led = led_twice() if any(row.org_id for found in rows.values() for row in found) else {}
    return {key: _values(key, day, found, led) for key, found in rows.items()}


def _held(keys: list[str], day: date) -> models.QuerySet[Standard]:
    for key in keys:
        figures[key]  # an undeclared key is a mistake of the caller's, found at once
    return Standard.objects.on(day).filter(key__in=keys).select_related("org")


def _values(key: str, day: date, rows: Iterable[Standard], led: Mapping[str, Second]) -> Values:
    national: Value | None = None
    own: dict[str, Value] = {}
    kinds: dict[str, str] = {}
    for row in rows:
        if row.org is None:
            national = value_of(row)
        else:
            own[row.org.path] = value_of(row)
            kinds[row.org.path] = row.org.kind
    values = Values(key, day, national, dict(own))
    # From above down, and only where the line above says something else: as SQL each is a case.
    for path in sorted(led, key=len) if kinds else ():
        first = first_of(path, kinds, led)
        if first and own[first] is not values.at(path):
            values.own[path] = own[first]
    return values


def value_of(row: Standard) -> Value:
    """A row of the table as a value."""
    figure = figures[row.key]
    return Value(
        key=row.key,
        value=figure.typed(row.value),
        kept=row.value,
        unit=figure.unit,
        source=source_words(row),
        tag=row.tag,
        org=row.org_id,
        org_name=str(row.org) if row.org else "",
        since=row.since,
    )


def source_words(row: Standard) -> str:
    """《中华人民共和国工会法》第十一条, with the number of the paper where it has one."""
    if not row.document:
        return row.note.removesuffix("。") if row.tag == Tag.SAMPLE else ""
    title = row.document if row.document.startswith("《") else f"《{row.document}》"
    return f"{title}{f'（{row.number}）' if row.number else ''}{row.clause}"


def _whole(value: Any) -> int:
    if value != int(value):
        raise ValueError(f"{value} is no whole number; give a larger scale")
    return int(value)
