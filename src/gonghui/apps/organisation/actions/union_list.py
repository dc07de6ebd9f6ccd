"""The list of unions that comes from Excel: each row held against the tree, and written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.exchange.chunks import rows_of
from gonghui.core.exchange.kinds import Finding, Mark, Order, Row, Values
from gonghui.core.exchange.models import Batch, Verdict
from gonghui.core.orgs.models import BELOW, UNIT, WITHIN, Kind
from gonghui.kit.identity import (
    GRASSROOTS_UNION,
    OTHER_UNION,
    code_problem,
    tidy,
    union_code_problem,
)

from .union_matching import CAPABILITY, PARTS, Held, Lookup, difference, figures, kind_of, plain
from .union_undoing import take_back
from .union_writing import Desk, write

DIVISION = 6
LATER = {"since": "建会日期", "approved_on": "批复日期", "count_day": "人数截至日期"}


class UnionClerk:
    """Does a list's work for one union: its subtree's unions and what they file."""

    def __init__(self, batch: Batch, by: Actor) -> None:
        self.batch, self.by, self.today = batch, by, timezone.localdate()
        self.lookup = Lookup(batch)
        self.desk = Desk(batch, by, self.today, self.lookup)

    # A row by itself

    def prepare(self, row: Row) -> None:
        self._codes(row)
        self._counts(row)
        for name, head in LATER.items():
            said = row.values.get(name)
            if said and said > self.today.isoformat():
                row.problems.append(f"{head} {said} 还没有到，请核对。")

    def _codes(self, row: Row) -> None:
        values = row.values
        if code := values.get("code"):
            values["code"] = code = tidy(code)
            if problem := _code_problem(code, values.get("kind")):
                row.problems.append(problem)
        if code := values.get("employer_code"):
            values["employer_code"] = code = tidy(code)
            if problem := code_problem(code):
                row.problems.append(f"单位的{problem}")
        division = values.get("division", "")
        if division and not (division.isdigit() and len(division) == DIVISION):
            row.problems.append("行政区划应为 6 位数字的代码。")

    @staticmethod
    def _counts(row: Row) -> None:
        stated = figures(row.values)
        workers = stated.get("workers")
        if stated and workers is None:
            row.problems.append("填了女职工等其中数，没有填职工数，请补上。")
        elif workers is not None and any(stated.get(name, 0) > workers for name in PARTS):
            row.problems.append("女职工等其中数大于职工数，请核对。")

    def marks(self, values: Values) -> list[Mark]:
        return list(self._marks(values))

    def _marks(self, values: Values) -> Iterator[Mark]:
        if code := values.get("code"):
            yield Mark("工会代码", code)
        place = f"{plain(values.get('name', ''))} {plain(values.get('parent', ''))}"
        yield Mark("工会名称和上级", place, soft=True)

    # Against what is on record

    def judge(self, rows: Sequence[Row]) -> list[Finding]:
        """A few queries for all rows together."""
        self.lookup.meet(rows)
        found = [self._judged(row) for row in rows]
        self._place(rows, found)
        return found

    def _judged(self, row: Row) -> Finding:
        verdict, _, whom = row.decision.partition(":")
        if verdict == "same":
            return self._against(row, self.lookup.held.get(int(whom)))
        certain = self.lookup.certain(row.values)
        if certain is not None:
            if verdict == "other":
                return Finding(
                    Verdict.WRONG, ["这个代码已经是库里一个工会的，不能再登记给另一个。"]
                )
            return self._against(row, self.lookup.held.get(certain.pk))
        found = self.lookup.candidates(row.values)
        if found and verdict != "other":
            if self.lookup.settles(row.values, found):
                return self._against(row, self.lookup.held.get(found[0]))
            words = "库里有同名的工会。请判断是不是同一个；名称都可靠的，可以改按名称辨认。"
            return Finding(Verdict.DOUBTFUL, [words], None, {}, list(found))
        if not row.values.get("kind") and row.values.get("code", "").startswith(OTHER_UNION):
            words = f"代码以 {OTHER_UNION} 开头的不是基层工会，请填工会类型。"
            return Finding(Verdict.WRONG, [words])
        return Finding(Verdict.NEW)

    def _against(self, row: Row, held: Held | None) -> Finding:
        if held is None:
            return Finding(Verdict.WRONG, ["库里的这个工会已经不在，请重新核对。"])
        org = held.org
        spans = self.by.spans.get(CAPABILITY, ())
        if not org.is_within(self.batch.org) or not any(org.path.startswith(one) for one in spans):
            return Finding(Verdict.WRONG, ["这个代码是别处一个工会的，不归您管理，请核对。"])
        if org.until is not None:
            return Finding(Verdict.WRONG, [f"「{org}」已于 {org.until} 撤销，不能再改。"])
        changes, told = difference(row.values, held)
        return Finding(Verdict.CHANGED if changes else Verdict.SAME, told, org.pk, changes)

    # Where new unions stand

    def _place(self, rows: Sequence[Row], found: list[Finding]) -> None:
        """A new union needs its parent: on record, or in the list and taken."""
        fresh = {at for at, one in enumerate(found) if self._comes(rows[at], one)}
        coming = {} if self.desk.is_writing else self._in_earlier(rows)
        waiting = dict.fromkeys(sorted(fresh))
        while True:
            placed = [at for at in waiting if not self._why_not(rows[at], coming)]
            if not placed:
                break
            for at in placed:
                del waiting[at]
                coming[plain(rows[at].values["name"])] = kind_of(rows[at].values)
        for at in waiting:
            found[at] = Finding(Verdict.WRONG, [self._why_not(rows[at], coming)])

    def _comes(self, row: Row, finding: Finding) -> bool:
        """While it is only looked at, what is doubtful may still come; when written, no more."""
        if row.decision == "skip":
            return False
        if self.desk.is_writing:
            return finding.verdict == Verdict.NEW and (not row.doubts or row.decision == "other")
        return finding.verdict in {Verdict.NEW, Verdict.DOUBTFUL}

    def _in_earlier(self, rows: Sequence[Row]) -> dict[str, str]:
        """The unions in the chunks before: those of a long list that have children further down."""
        if not rows:
            return {}
        chunks = self.batch.chunks.filter(last_line__lt=rows[0].line)
        return {
            plain(row.values["name"]): kind_of(row.values)
            for chunk in chunks.order_by("number").iterator(chunk_size=20)
            for row in rows_of(chunk)
            if not row.problems and not row.stops
        }

    def _why_not(self, row: Row, coming: dict[str, str]) -> str:
        """Why a union cannot stand where the row says; nothing where it can."""
        said, kind = row.values.get("parent"), kind_of(row.values)
        above = self.lookup.named.get(plain(said), []) if said else [self.batch.org]
        if len(above) > 1:
            return f"叫「{said}」的工会有 {len(above)} 个，请写全称。"
        if not above and plain(said or "") not in coming:
            return f"没有找到上级工会「{said}」。请写本会或下级工会的全称，或把它也写在表里。"
        place = above[0].kind if above else coming[plain(said or "")]
        if kind not in BELOW[place]:
            return f"「{Kind(kind).label}」不能设在「{Kind(place).label}」之下，请核对类型和上级。"
        return ""

    def write(self, orders: Sequence[Order]) -> list[Any]:
        return write(orders, self.desk)

    def take_back(self, written: Sequence[Any]) -> list[str]:
        return take_back(written, self.desk)


def _code_problem(code: str, kind: str | None) -> str:
    """By the kind where the row says one; else it may be any union's."""
    if kind:
        return union_code_problem(code, is_grassroots=kind in UNIT | WITHIN)
    if code.startswith((GRASSROOTS_UNION, OTHER_UNION)):
        return code_problem(code)
    return union_code_problem(code, is_grassroots=True)
