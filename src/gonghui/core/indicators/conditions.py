"""Which rows of a source count for a body and in a period, as conditions of the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, DateTimeField, Model, Q, QuerySet, When
from django.utils import timezone

from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period
from gonghui.kit.moments import midnight

from .registry import Source, column_of


def is_asked_in_time(source: Source, period: Period) -> bool:
    """Nothing is known of what is to come, nor of the past where only today is on record."""
    today = timezone.localdate()
    return period.start <= today and (source.is_dated or period.end >= today)


def within(source: Source, org: Org) -> QuerySet[Any]:
    """All rows of a source that count for a body or one below it."""
    return source.rows().filter(_below(source, org))


def held(source: Source, period: Period) -> Q:
    """The condition that a row counts in a period: it happened in it, or holds on its last day."""
    if source.is_span:
        return _from(source, source.day, period.start) & _to(source, source.day, last_day(period))
    day = last_day(period)
    condition = _begins_by(source, day) if source.since else Q()
    return condition & _ends_not_before(source, day) if source.until else condition


def held_from(source: Source, days: Sequence[date]) -> Case:
    """The number of the first of the (ascending) days on which a row holds by its beginning."""
    cases = [When(_begins_by(source, day), then=n) for n, day in enumerate(days)]
    return Case(*cases, default=len(days))


def held_until(source: Source, days: Sequence[date]) -> Case:
    """The number of the last of the days on which a row holds by its end; -1 for none."""
    cases = [When(_ends_not_before(source, day), then=n) for n, day in enumerate(days)]
    return Case(*reversed(cases), default=-1)


def begun(source: Source, period: Period) -> Q:
    """The condition that a row had happened or begun by the end of the period."""
    column = source.day or source.since
    if not column:
        return Q()
    begun = _to(source, column, last_day(period))
    return begun if source.is_span else begun | _always(source, column)


def last_day(period: Period) -> date:
    """The last day of which anything can be known."""
    return min(period.end, timezone.localdate())


def shown(period: Period) -> Period:
    return Period(min(period.start, last_day(period)), last_day(period))


def as_day(day: date | datetime) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def _begins_by(source: Source, day: date) -> Q:
    return _always(source, source.since) | _to(source, source.since, day)


def _ends_not_before(source: Source, day: date) -> Q:
    return _always(source, source.until) | _from(source, source.until, day)


def _from(source: Source, column: str, day: date) -> Q:
    if _is_moment(source.model, column):
        return Q(**{f"{column}__gte": midnight(day)})
    return Q(**{f"{column}__gte": day})


def _to(source: Source, column: str, day: date) -> Q:
    if _is_moment(source.model, column):
        return Q(**{f"{column}__lt": midnight(day + timedelta(days=1))})
    return Q(**{f"{column}__lte": day})


def _always(source: Source, column: str) -> Q:
    """Without a beginning or an end, where the column may say so: NULL costs an index."""
    return Q(**{column: None}) if column_of(source.model, column).null else Q()


def _is_moment(model: type[Model], column: str) -> bool:
    return isinstance(column_of(model, column), DateTimeField)


def _below(source: Source, org: Org) -> Q:
    if source.org in ("", "pk"):
        return Q(path__gte=org.path, path__lt=org.path + "~")
    return Q(**{f"{source.org}__within": (org.path,)})


def way(org: str, column: str) -> str:
    return f"{org}__{column}" if org else column
