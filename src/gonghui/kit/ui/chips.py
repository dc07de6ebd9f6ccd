"""Says in words what a filter set filters, and which address takes each filter away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.forms import BoundField
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict
from django_filters import FilterSet


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force: its label, its value in words, the query without it."""

    label: str
    value: str
    url: str


def is_filtered(filterset: FilterSet | None) -> bool:
    """Whether the list shows less than everything."""
    return filterset is not None and any(_is_set(value) for value in _cleaned(filterset).values())


def chips_of(filterset: FilterSet, query: QueryDict) -> list[Chip]:
    """The filters in force, in the order of the form."""
    cleaned = _cleaned(filterset)
    return [
        Chip(str(bound.label), _words(bound, cleaned[bound.name]), _without(query, bound))
        for bound in filterset.form
        if _is_set(cleaned.get(bound.name))
    ]


def _cleaned(filterset: FilterSet) -> dict[str, Any]:
    if not filterset.is_bound:
        return {}
    filterset.form.is_valid()  # a wrong value is shown by its field and filters nothing
    return getattr(filterset.form, "cleaned_data", {})


def _is_set(value: object) -> bool:
    if hasattr(value, "exists"):  # a chosen queryset: asks once, and only for multiple choices
        return bool(value)
    return value not in (None, "", [], ())


def _words(bound: BoundField, value: object) -> str:
    if isinstance(value, slice):
        return _range_words(value.start, value.stop)
    labels = _labels(bound)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "、".join(_one(item, labels) for item in value)
    return _one(value, labels)


def _labels(bound: BoundField) -> dict[str, str]:
    choices = getattr(bound.field, "choices", ())
    if isinstance(choices, ModelChoiceIterator):
        return {}  # the values are objects and name themselves
    return {str(key): str(label) for key, label in _flat(choices)}


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _one(value: object, labels: dict[str, str]) -> str:
    if isinstance(value, bool):
        return labels.get(str(value), "是" if value else "否")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"  # a day's end arrives as its last microsecond
    return labels.get(str(value), str(value))


def _range_words(start: date | None, stop: date | None) -> str:
    if start is None:
        return f"至 {_one(stop, {})}"
    if stop is None:
        return f"{_one(start, {})} 起"
    return f"{_one(start, {})} 至 {_one(stop, {})}"


def _without(query: QueryDict, bound: BoundField) -> str:
    rest = query.copy()
    suffixes = getattr(bound.field.widget, "suffixes", ())
    for name in (bound.name, "page", *(f"{bound.name}_{suffix}" for suffix in suffixes)):
        rest.pop(name, None)
    return f"?{rest.urlencode()}"
