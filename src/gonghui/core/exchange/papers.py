"""The two sheets of an import that go out: the empty template, and the rows that were not taken."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, cast

import xlsxwriter

from gonghui.core.sheets import cells
from gonghui.core.sheets.columns import Column
from gonghui.core.sheets.reader import open_sheets
from gonghui.core.sheets.sniffing import Kind as SheetKind
from gonghui.kit.sheets import Column as SheetColumn
from gonghui.kit.sheets import write_xlsx

from .kinds import Kind
from .models import Batch
from .queries import refused_lines
from .vault import pieces

FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
ROWS = 2000  # rows of the template that have drop-downs and formats
REASON = "没有采用的原因"


def template(kind: Kind) -> bytes:
    """Heads, one example that is not read, drop-downs, and a second sheet that explains."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        _Template(book, kind).write()
    return stream.getvalue()


class _Template:
    """A template being written."""

    def __init__(self, book: Any, kind: Kind) -> None:
        self.book, self.kind = book, kind
        self.sheet = book.add_worksheet(kind.label)
        self.notes = book.add_worksheet("填写说明")
        self.choices = book.add_worksheet("选项")
        self.choices.hide()
        head = {**FONT, "bold": True, "border": 1, "bg_color": "#F2F2F2", "text_wrap": True}
        self.head = book.add_format(head)
        self.needed = book.add_format({**head, "font_color": "#B3202A"})
        self.text = book.add_format({**FONT, "num_format": "@"})
        self.example = book.add_format(
            {**FONT, "num_format": "@", "italic": True, "font_color": "#7A7A7A"}
        )
        self.plain = book.add_format({**FONT, "text_wrap": True, "valign": "top"})

    def write(self) -> None:
        for at, column in enumerate(self.kind.columns):
            self._column(at, column)
        self.sheet.freeze_panes(1, 1)
        self._explain()

    def _column(self, at: int, column: Column) -> None:
        # Text cells throughout: a number would lose its zeros and the end of an ID.
        self.sheet.set_column(at, at, column.width, self.text)
        label = f"{column.head}*" if column.required else column.head
        self.sheet.write_string(0, at, label, self.needed if column.required else self.head)
        example = f"例：{column.example}" if at == 0 else column.example
        self.sheet.write_string(1, at, example, self.example)
        if column.choices:
            self._offer(at, list(column.choices.values()))

    def _offer(self, at: int, labels: list[str]) -> None:
        for row, label in enumerate(labels):
            self.choices.write_string(row, at, label, self.text)
        name = xlsxwriter.utility.xl_col_to_name(at)
        self.sheet.data_validation(
            2, at, ROWS, at,
            {
                "validate": "list",
                "source": f"='选项'!${name}$1:${name}${len(labels)}",
                "error_title": "请从下拉里选",
                "error_message": "这一列只能填下拉里的内容。",
                "error_type": "warning",
            },
        )  # fmt: skip

    def _explain(self) -> None:
        self.notes.set_column(0, 0, 20)
        self.notes.set_column(1, 1, 10)
        self.notes.set_column(2, 2, 70)
        for at, label in enumerate(("列", "是否必填", "怎么填")):
            self.notes.write_string(0, at, label, self.head)
        row = 1
        for column in self.kind.columns:
            self.notes.write_string(row, 0, column.head, self.plain)
            self.notes.write_string(row, 1, "必填" if column.required else "", self.plain)
            self.notes.write_string(row, 2, _how(column), self.plain)
            row += 1
        for note in self.kind.notes:
            row += 1
            self.notes.write_string(row, 0, note)


def _how(column: Column) -> str:
    said = [column.note] if column.note else []
    if column.choices:
        said.append(f"从下拉里选：{'、'.join(column.choices.values())}。")
    return "".join(said)


def refused_rows(batch: Batch) -> bytes:
    """The rows that were not taken, cell by cell as they came, each with its reasons.

    Read from the sealed original; the sheet's name ties what is uploaded again to this batch.
    """
    reasons = refused_lines(batch)
    labels = batch.head["labels"]
    heads = [SheetColumn(REASON, 40), *(SheetColumn(label or " ", 16) for label in labels)]
    note = "请在原格上改好，保存后到这一批的页面重新上传；「没有采用的原因」一列不用删。"
    rows = _rows(batch, reasons, len(labels))
    return write_xlsx(f"第 {batch.pk} 批更正", heads, rows, note=note)


def _rows(batch: Batch, reasons: dict[int, str], width: int) -> Iterator[list[Any]]:
    if not reasons:
        return
    last = max(reasons)
    with open_sheets(cast("SheetKind", batch.file_kind), pieces(batch.file), batch.size) as reading:
        line = 0
        for piece in reading.rows(batch.head["sheet"]):
            for row in piece.rows:
                line += 1
                if line in reasons:
                    said = [cells.text(cell) for cell in row[:width]]
                    yield [reasons[line], *said, *[""] * (width - len(said))]
            if line >= last:
                return
