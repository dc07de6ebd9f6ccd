"""Which columns of a list are shown; the address says so, and with it a saved view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

import django_tables2 as tables
from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django_tables2.rows import BoundRow

from gonghui.kit.ui.drawing import escaped

from .asked import Listed
from .exports import Column
from .paging import Rows

TICK = "selected"


class Tick(tables.Column):
    """The box that chooses a row for a step over many."""

    def __init__(self) -> None:
        super().__init__("选择", accessor="pk", empty_values=(), orderable=False)

    def render(self, record: models.Model) -> str:
        box = f'<input type="checkbox" name="selected" value="{record.pk}">'
        said = f'<span class="unseen">选中「{escaped(str(record))}」</span>'
        return mark_safe(f'<label class="tick">{box}{said}</label>')  # the one word is escaped


class More(tables.Column):
    """A column the export has and the list shows when asked."""

    def __init__(self, source: Column) -> None:
        super().__init__(source.label, accessor="pk", empty_values=(), orderable=False)
        self.source = source

    def render(self, record: Any) -> Any:
        value = self.source.value(record)
        if isinstance(value, datetime):
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        if isinstance(value, date):
            return f"{value:%Y-%m-%d}"
        return "—" if value in (None, "") else value


@dataclass(frozen=True)
class Choice:
    """A column one may show or hide; the first one is the door to the record and always there."""

    name: str
    label: str
    is_shown: bool
    is_fixed: bool


class Columns:
    """The columns of one list as its address asks for them."""

    def __init__(self, screens: Listed) -> None:
        self.screens = screens
        self.wanted = set(screens.request.GET.getlist("columns"))

    @cached_property
    def _more(self) -> dict[str, Column]:
        """What only the export has, by its label."""
        export = self.screens.export
        own = set(self._labels.values())
        return {c.label: c for c in export.columns if c.label not in own} if export else {}

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The table's own columns with their heads."""
        return _labels_of(self.screens.table, self.screens.model)

    @cached_property
    def choices(self) -> list[Choice]:
        own = list(self._labels.items())
        found = []
        for at, (name, label) in enumerate([*own, *((label, label) for label in self._more)]):
            by_default = not self.wanted and at < len(own)
            shown = at == 0 or by_default or name in self.wanted
            found.append(Choice(name, label, shown, at == 0))
        return found

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The rest of the address, which choosing columns keeps."""
        query = self.screens.request.GET.copy()
        for name in ("columns", "page", "export"):
            query.pop(name, None)
        return [(name, value) for name, values in query.lists() for value in values]

    def table(self, rows: Rows, *, ticks: bool) -> tables.Table:
        """The table with the columns asked for, and with boxes where rows can be chosen."""
        if not self.wanted and not ticks:
            return self.screens.table(rows)
        shown = [choice.name for choice in self.choices if choice.is_shown]
        hidden = [name for name in self._labels if name not in shown]
        extra: list[tuple[str, tables.Column]] = [
            (name, More(column)) for name, column in self._more.items() if name in shown
        ]
        extra += [(TICK, Tick())] if ticks else []
        sequence = ([TICK] if ticks else []) + shown
        return self.screens.table(rows, extra_columns=extra, exclude=hidden, sequence=sequence)

    def exported(self) -> tuple[Column, ...]:
        """The columns of the sheet: those chosen, or, where nobody chose, all it declares.

        A list that declares none is written out as it is shown.
        """
        export = self.screens.export
        declared: tuple[Column, ...] = export.columns if export else ()
        if declared and not self.wanted:
            return declared
        by_label = {column.label: column for column in declared}
        bare = self.screens.table(self.screens.model._default_manager.none())
        return tuple(
            by_label.get(choice.label) or _of_table(bare, choice)
            for choice in self.choices
            if choice.is_shown
        )


@lru_cache(maxsize=256)
def _labels_of(table: type[tables.Table], model: type[models.Model]) -> dict[str, str]:
    bare = table(model._default_manager.none())
    return {column.name: str(column.header) for column in bare.columns}


def _of_table(table: tables.Table, choice: Choice) -> Column:
    """A column only the table has: days and numbers as they are, all else as its cells say."""
    bound = table.columns[choice.name]
    is_drawn = hasattr(table, f"render_{choice.name}")

    def said(record: Any) -> Any:
        plain = None if is_drawn else bound.accessor.resolve(record, quiet=True)
        if isinstance(plain, date | int) and not isinstance(plain, datetime | bool):
            return plain
        value = BoundRow(record, table).get_cell(choice.name)
        return strip_tags(str(value)) if value is not None else ""

    return Column(choice.label, said)
