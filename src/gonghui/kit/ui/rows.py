"""The body of a django-tables2 table, drawn with what a column settles once asked only once.

The library finds out for every single cell how a column is read and which arguments its
``render_…`` takes; on a page of a list that was a third of the whole answer.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partialmethod
from operator import attrgetter
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.template import Context, Template
from django.template.base import render_value_in_context
from django.template.defaultfilters import date as as_date
from django.utils.encoding import force_str
from django.utils.formats import date_format, localize
from django.utils.hashable import make_hashable
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # not in the stubs
from django.utils.translation import get_language
from django_tables2 import DateColumn, DateTimeColumn, Table, TemplateColumn
from django_tables2.columns.base import BoundColumn, LinkTransform
from django_tables2.rows import BoundRow
from django_tables2.utils import Accessor, AttributeDict, signature

from gonghui.kit.addresses import numbered

from .drawing import escaped

Read = Callable[[BoundRow], Any]
_PLAIN = Context()
_DATED = re.compile(r'\{\{ value\|date:"([^"]*)"\|default:default \}\}')


def rows_of(table: Table) -> SafeString:
    """The rows of the page that is shown, as ``<tr>``; a cell names its column for a phone."""
    cells = [_cell_of(column, table) for column in table.columns]
    drawn = []
    for row in table.paginated_rows:
        own = _given(row.attrs) if table.row_attrs else ""
        inside = "".join([cell(row) for cell in cells])
        drawn.append(f"<tr{own}>{inside}</tr>")
    return mark_safe("\n".join(drawn))  # every cell was escaped where it was drawn


def _cell_of(column: BoundColumn, table: Table) -> Callable[[BoundRow], str]:
    read = _reader(column, table)
    write = _writer(column)
    head = f'<td data-label="{escaped(str(column.header))}"'
    if not _depends_on_row(column, table):
        head += f"{_given(column.attrs['td'])}>"
        return lambda row: f"{head}{write(read(row))}</td>"

    def cell(row: BoundRow) -> str:
        column.current_value, column.current_record = read(row), row.record
        return f"{head}{_given(column.attrs['td'])}>{write(column.current_value)}</td>"

    return cell


def _given(attrs: AttributeDict) -> str:
    said = attrs.as_html()
    return f" {said}" if said else ""


def _depends_on_row(column: BoundColumn, table: Table) -> bool:
    given = {**table.attrs, **column.column.attrs}
    inside = given.get("td", given.get("cell", {}))
    return any(callable(value) for value in inside.values())


def _writer(column: BoundColumn) -> Callable[[Any], str]:
    """How a value is written: as the template would, or as the column's ``localize`` says."""
    wanted = column.localize

    def write(value: Any) -> str:
        if isinstance(value, str):
            return escaped(value)
        if wanted is None:
            return str(render_value_in_context(value, _PLAIN))
        return escaped(localize(value, use_l10n=wanted))

    return write


def _reader(column: BoundColumn, table: Table) -> Read:
    """A function from a row to what stands in its cell, as ``BoundRow.get_cell`` finds it."""
    value_of = _value_of(column, table)
    if value_of is None:
        name = column.name
        return lambda row: row.get_cell(name)
    render: Any
    names: tuple[str, ...]
    if pattern := _pattern_of(column):
        render, names, takes_all = _dated(pattern, column.default), ("value",), ""
    elif isinstance(column.column, TemplateColumn) and column.column.template_code:
        render = _of_template
        names, takes_all = ("value", "record", "table", "bound_column", "bound_row"), ""
    else:
        render = column.render
        names, takes_all = signature(render)
    link, default = _link_of(column), column.default
    empty = column.column.empty_values
    fixed = {"column": column.column, "bound_column": column, "table": table}

    def read(row: BoundRow) -> Any:
        value = value_of(row.record)
        if value in empty:
            return default
        known = {**fixed, "value": value, "record": row.record, "bound_row": row}
        said = render(**known) if takes_all else render(**{name: known[name] for name in names})
        return link(said, **known) if link else said

    return read


def _value_of(column: BoundColumn, table: Table) -> Callable[[Any], Any] | None:
    """Reads a plain field of the model; None where only the library knows how."""
    name, model = str(column.accessor), getattr(table.data, "model", None)
    if model is None or "__" in name:
        return None
    if name == "pk":
        return attrgetter("pk")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None if hasattr(model, name) else _annotated(name)
    if not isinstance(field, models.Field) or field.many_to_many:
        return None
    return _chosen(field, model) if field.choices else attrgetter(name)


def _chosen(field: models.Field[Any, Any], model: type[models.Model]) -> Callable[[Any], Any]:
    """The words of a choice; Django makes them anew for each, the model may have its own."""
    name = f"get_{field.name}_display"
    own = inspect.getattr_static(model, name)
    if not isinstance(own, partialmethod):
        return lambda record: getattr(record, name)()
    words, read = dict(make_hashable(field.flatchoices)), attrgetter(field.attname)

    def chosen(record: Any) -> Any:
        value = read(record)
        return force_str(words.get(make_hashable(value), value), strings_only=True)

    return chosen


def _link_of(column: BoundColumn) -> Any:
    """How a cell becomes a door; to a record by its number the address is worked out once."""
    link = column.link
    if type(link) is not LinkTransform or link.url or link.attrs:
        return link
    asked = link.reverse_args
    key = asked.get("kwargs", {}).get("pk")
    if asked.keys() != {"viewname", "kwargs"} or len(asked["kwargs"]) != 1:
        return link
    if not isinstance(key, Accessor) or isinstance(asked["viewname"], Accessor):
        return link
    address, read = numbered(asked["viewname"]), attrgetter("pk") if key == "pk" else key.resolve

    def linked(content: Any, *, record: Any, **known: Any) -> SafeString:
        return mark_safe(f'<a href="{address(read(record))}">{escaped(content)}</a>')

    return linked


def _pattern_of(column: BoundColumn) -> str:
    """How the library's own columns of days write them; empty for every other column."""
    kind = column.column
    if type(kind) not in (DateColumn, DateTimeColumn) or kind.extra_context:
        return ""
    found = _DATED.fullmatch(kind.template_code)
    return found[1] if found else ""


def _dated(pattern: str, default: Any) -> Callable[..., Any]:
    language = get_language()

    def render(value: Any) -> Any:
        if type(value) is date:
            return _day(value, pattern, language)
        return as_date(template_localtime(value), pattern) or default

    return render


@lru_cache(maxsize=4096)
def _day(day: date, pattern: str, language: str | None) -> str:
    """A day in the words of a language."""
    return date_format(day, pattern)


def _of_template(table: Table, bound_column: BoundColumn, **known: Any) -> str:
    """What a column says as a template; the library compiled it (a date is one) for every cell."""
    column = bound_column.column
    own = column.get_context_data(table=table, bound_column=bound_column, **known)
    context = getattr(table, "context", None) or Context()
    with context.update(own):
        return _compiled(column.template_code).render(context)


@lru_cache(maxsize=64)
def _compiled(code: str) -> Template:
    return Template(code)


def _annotated(name: str) -> Callable[[Any], Any]:
    return lambda record: getattr(record, name, None)
