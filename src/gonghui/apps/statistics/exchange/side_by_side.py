"""The usual Excel: a filing cell by cell, and a collection with its units side by side."""

from __future__ import annotations

from django.http import HttpResponse

from gonghui.kit.downloads import download
from gonghui.kit.sheets import Column, write_xlsx

from ..models import HANDED_IN, Collection
from ..queries.collections import own_of, units_of, values_of
from ..queries.filings import Known, Sheet


def filing_export(sheet: Sheet) -> HttpResponse:
    """A filing as it stands; what is not known stays empty."""
    columns = [Column("编号", 8), Column("栏目", 30), Column("计量单位", 10)]
    columns += [Column(label, 14, "number") for label in ("本单位", "下级合计", "合计", "上年同期")]
    columns.append(Column("说明", 30))
    rows = [
        (
            line.cell.code,
            line.cell.name,
            line.cell.unit,
            *map(_plain, (line.part, line.below, line.value, line.last)),
            line.note,
        )
        for line in sheet.lines
    ]
    title = f"{sheet.filing.org} {sheet.collection}"
    return download(write_xlsx(title, columns, rows), title, "xlsx")


def collection_export(collection: Collection) -> HttpResponse:
    """The sender's sums first, then each unit; of those that did not hand in only the state."""
    own = own_of(collection)
    filings = [*([own] if own else []), *units_of(collection)]
    values = values_of(one for one in filings if one.state in HANDED_IN)
    cells = list(collection.form.cells.all())
    columns = [Column("单位", 28), Column("状态", 12)]
    columns += [Column(f"{cell}（{cell.unit}）", 14, "number") for cell in cells]
    rows = [
        (
            str(one.org),
            one.get_state_display(),
            *(_plain(values.get(one.pk, {}).get(cell.pk)) for cell in cells),
        )
        for one in filings
    ]
    title = f"{collection} 各单位"
    return download(write_xlsx(title, columns, rows), title, "xlsx")


def _plain(value: Known) -> float | None:
    return None if value is None else round(float(value), 2)
