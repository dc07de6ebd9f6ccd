"""Writes a filing as a sheet to fill in elsewhere: its sums, bounds and checks are inside."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.utility import xl_rowcol_to_cell as at

from gonghui.core.regulations.standards import standard
from gonghui.kit.sheets import FONT, opens_formula

from ..engine import arithmetic
from ..engine.arithmetic import Code, Node
from ..forms.filing import places_of
from ..models import Relation
from ..queries.checking import SWING
from ..queries.filings import Known, Line, Sheet

NUMBER_HEAD = "填报编号"
HEADS = (
    ("编号", 7), ("栏目", 26), ("计量单位", 10), ("系统记录", 12), ("下级合计", 12),
    ("本单位填报数", 14), ("合计", 12), ("上年同期", 12), ("说明", 26), ("核对", 30),
)  # fmt: skip
CODE, NAME, UNIT, RECORDED, BELOW, ENTERED, TOTAL, LAST, NOTE, VERDICT = range(len(HEADS))
FIRST = 4  # the row of the first cell
HOW_TO = (
    "只填浅黄色的格子。系统记录有误的，填上正确的数并写明原因。“核对”一列没有文字，才可以上报。"
)


def checked_sheet(sheet: Sheet) -> bytes:
    """One sheet, protected but for the cells one fills; formulas carry what they come to now."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        _Paper(book, sheet).write()
    return stream.getvalue()


class _Paper:
    """The sheet being written."""

    def __init__(self, book: Any, sheet: Sheet) -> None:
        self.sheet, self.lines = sheet, sheet.lines
        self.page = book.add_worksheet("填报")
        line = {**FONT, "border": 1}
        self.plain = book.add_format({**line, "num_format": "@"})
        self.quoted = book.add_format({**line, "num_format": "@", "quote_prefix": True})
        self.number = book.add_format({**line, "num_format": "#,##0.##"})
        self.open = book.add_format({**line, "bg_color": "#FFF8E1", "locked": False})
        self.open_text = book.add_format(
            {**line, "bg_color": "#FFF8E1", "locked": False, "num_format": "@"}
        )
        self.open_quoted = book.add_format(
            {**line, "bg_color": "#FFF8E1", "locked": False, "num_format": "@",
             "quote_prefix": True}
        )  # fmt: skip
        self.wrong = book.add_format({**line, "font_color": "#B3202A"})
        self.head = book.add_format({**line, "bold": True, "bg_color": "#F2F2F2"})
        typed = opens_formula(str(sheet.collection))
        self.title = book.add_format({**FONT, "bold": True, "font_size": 16, "quote_prefix": typed})
        self.words = book.add_format({**FONT, "text_wrap": False})
        self.rows = {one.cell.code: FIRST + n for n, one in enumerate(self.lines)}
        limit = standard(SWING, org=sheet.filing.org, day=timezone.localdate())
        self.swing = None if limit is None else limit.value

    def write(self) -> None:
        filing, collection = self.sheet.filing, self.sheet.collection
        for column, (label, width) in enumerate(HEADS):
            self.page.set_column(column, column, width)
            self.page.write_string(FIRST - 1, column, label, self.head)
        self.page.write_string(0, 0, str(collection), self.title)
        due = f"{collection.due_on:%Y-%m-%d}"
        told = f"填报单位：{filing.org}　上报期限：{due}　{NUMBER_HEAD}：{filing.pk}"
        self.page.write_string(1, 0, told, self.words)
        self.page.write_string(2, 0, HOW_TO, self.words)
        for line in self.lines:
            self._line(line)
        self._relations(FIRST + len(self.lines) + 1)
        self.page.freeze_panes(FIRST, 2)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.protect()

    def _line(self, line: Line) -> None:
        row, cell = self.rows[line.cell.code], line.cell
        for column, text in ((CODE, cell.code), (NAME, cell.name), (UNIT, cell.unit)):
            self._text(row, column, text)
        pairs = ((RECORDED, line.recorded), (BELOW, line.below), (LAST, line.last))
        for column, value in pairs:
            self._figure(row, column, value)
        if cell.is_formula:
            self._figure(row, ENTERED, None)
            self._text(row, NOTE, "由其他栏目计算")
            formula = _guarded(arithmetic.read(cell.formula), self._place)
            self._text(row, VERDICT, "")
        else:
            self._bounds(row, line)
            formula = _total(row)
            self.page.write_formula(row, VERDICT, self._verdict(row, line), self.wrong, "")
        total = "" if line.value is None else float(line.value)
        self.page.write_formula(row, TOTAL, formula, self.number, total)

    def _bounds(self, row: int, line: Line) -> None:
        """The cell one fills, which takes no words and nothing below nought; and the reason."""
        if line.entered is None:
            self.page.write_blank(row, ENTERED, None, self.open)
        else:
            self.page.write_number(row, ENTERED, float(line.entered), self.open)
        parts = places_of(line.cell.unit)
        self.page.data_validation(
            row, ENTERED, row, ENTERED,
            {
                "validate": "decimal" if parts else "integer",
                "criteria": ">=",
                "value": 0,
                "error_title": "请重新填写",
                "error_message": "请填不小于 0 的数。" if parts else "请填不小于 0 的整数。",
            },
        )  # fmt: skip
        look = self.open_quoted if opens_formula(line.note) else self.open_text
        if line.note:
            self.page.write_string(row, NOTE, line.note, look)
        else:
            self.page.write_blank(row, NOTE, None, self.open_text)

    def _verdict(self, row: int, line: Line) -> str:
        total, last, note = at(row, TOTAL), at(row, LAST), at(row, NOTE)
        tests = []
        if not line.cell.is_optional:
            tests.append((f'{total}=""', "请填写；没有发生的填 0"))
        if line.cell.is_counted:
            own, recorded = at(row, ENTERED), at(row, RECORDED)
            differs = f'AND(ISNUMBER({own}),ISNUMBER({recorded}),{own}<>{recorded},{note}="")'
            tests.append((differs, "与系统记录不同，请写明原因"))
        if self.swing is not None and line.last:
            limit = float(self.swing)
            moved = f"IF(ISNUMBER({total}),ABS({total}-{last})/ABS({last})>{limit:g},FALSE)"
            tests.append((f'AND({moved},{note}="")', "与上年相差较大，请核对，属实的写明原因"))
        formula = '""'
        for test, words in reversed(tests):
            formula = f'IF({test},"{words}",{formula})'
        return f"={formula}"

    def _relations(self, row: int) -> None:
        relations: list[Relation] = list(self.sheet.collection.form.relations.all())
        if not relations:
            return
        self.page.write_string(row, CODE, "核对", self.head)
        self.page.write_string(row, NAME, "核对关系", self.head)
        for relation in relations:
            row += 1
            left, right = arithmetic.read(relation.left), arithmetic.read(relation.right)
            sides = (arithmetic.written(one, self._place) for one in (left, right))
            known = _known([*arithmetic.codes(left), *arithmetic.codes(right)], self._place)
            words = "不符，请改正" if relation.is_hard else "不符，请核对，属实的写明原因"
            test = relation.sign.join(sides)
            formula = f'=IF({known},IF({test},"符合","{words}"),"")'
            self._text(row, NAME, str(relation))
            self.page.write_formula(row, VERDICT, formula, self.wrong, "")

    def _place(self, code: Code) -> str:
        place: str = at(self.rows[code.name], LAST if code.is_last else TOTAL)
        return place

    def _figure(self, row: int, column: int, value: Known) -> None:
        if value is None:
            self.page.write_blank(row, column, None, self.number)
        else:
            self.page.write_number(row, column, float(value), self.number)

    def _text(self, row: int, column: int, text: str) -> None:
        look = self.quoted if opens_formula(text) else self.plain
        self.page.write_string(row, column, text, look)


def _total(row: int) -> str:
    """The unit's own, else what is on record, with what those below add up to."""
    own, recorded, below = at(row, ENTERED), at(row, RECORDED), at(row, BELOW)
    part = f"IF(ISNUMBER({own}),{own},N({recorded}))"
    return f'=IF(COUNT({recorded}:{own})=0,"",{part}+N({below}))'


def _guarded(node: Node, place: Any) -> str:
    known = _known(arithmetic.codes(node), place)
    return f'=IFERROR(IF({known},{arithmetic.written(node, place)},""),"")'


def _known(codes: list[Code], place: Any) -> str:
    """Whether every cell it speaks of has a figure."""
    places = sorted({place(code) for code in codes})
    return f"COUNT({','.join(places)})={len(places)}" if places else "TRUE"
