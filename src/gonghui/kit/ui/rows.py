"""The body of a django-tables2 table, drawn with what a column settles once asked only once.

The library finds out for every single cell how a column is read and which arguments its
``render_…`` takes; on a page of a list that was a third of the whole answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.template import Context, Template
from django.template.base import render_value_in_context
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe
from django_tables2 import Table, TemplateColumn
from django_tables2.columns.base import BoundColumn
from django_tables2.rows import BoundRow
from django_tables2.utils import AttributeDict, signature

from .drawing import escaped

Read = Callable[[BoundRow], Any]
_PLAIN = Context()


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
    if isinstance(column.column, TemplateColumn) and column.column.template_code:
        render: Any = _of_template
        names, takes_all = ("value", "record", "table", "bound_column", "bound_row"), ""
    else:
        render = column.render
        names, takes_all = signature(render)
    link, default = column.link, column.default
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
    if field.choices:
        label = f"get_{name}_display"
        return lambda record: getattr(record, label)()
    return attrgetter(name)


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
