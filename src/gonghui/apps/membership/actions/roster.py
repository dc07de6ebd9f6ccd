"""The roster that comes from Excel: each row held against the people on record, and written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.exchange.kinds import Finding, Mark, Order, Row, Values
from gonghui.core.exchange.models import Batch, Verdict
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Document
from gonghui.kit.identity import document_problem, mobile_problem, read_id, tidy

from .roster_matching import CAPABILITY, Desk, Known, Lookup, plain
from .roster_undoing import take_back
from .roster_writing import write

SIXTEEN = 16  # 劳动法: nobody works, or joins, before; told, not refused
DIVISION = 6


class RosterClerk:
    """Does a roster's work for one body: its subtree's names, its people, its entries."""

    def __init__(self, batch: Batch, by: Actor) -> None:
        self.by, self.today = by, timezone.localdate()
        self.orgs = _names_below(batch.org)
        self.lookup = Lookup(batch.org, batch.match_key)
        self.desk = Desk(batch, by, self.today, self.orgs, self.lookup)

    # A row by itself

    def prepare(self, row: Row) -> None:
        """Read the ID number for what it says, and tell what cannot be."""
        self._number(row)
        self._numbers_of_others(row)
        self._days(row)
        said = row.values.get("org")
        if said is not None:
            found = self.orgs.get(plain(said), ())
            if not found:
                row.problems.append(
                    f"没有找到组织「{said}」。请写本会下级组织的全称或简称，或留空。"
                )
            elif len(found) > 1:
                row.problems.append(f"叫「{said}」的组织有 {len(found)} 个，请写全称。")

    def _number(self, row: Row) -> None:
        values = row.values
        number = values.get("number")
        if not number:
            return
        if values.get("document", Document.ID_CARD) != Document.ID_CARD:
            values["number"] = tidy(number)
            if problem := document_problem(number):
                row.problems.append(problem)
            return
        try:
            read = read_id(number, today=self.today)
        except ValueError as error:
            row.problems.append(str(error))
            return
        values["number"] = read.number
        born = read.birth_date.isoformat()
        if values.setdefault("birth_date", born) != born:
            row.problems.append(f"出生日期与身份证号不一致（身份证号上是 {born}），请核对。")
        if values.setdefault("sex", read.sex) != read.sex:
            row.problems.append("性别与身份证号不一致，请核对。")

    def _numbers_of_others(self, row: Row) -> None:
        values = row.values
        if mobile := values.get("mobile"):
            values["mobile"] = mobile = tidy(mobile).removeprefix("+86").replace("-", "")
            if problem := mobile_problem(mobile):
                row.problems.append(problem)
        for name, head in (("domicile", "户籍地区划"), ("residence", "现住地区划")):
            code = values.get(name, "")
            if code and not (code.isdigit() and len(code) == DIVISION):
                row.problems.append(f"{head}应为 6 位数字的行政区划代码。")

    def _days(self, row: Row) -> None:
        born, joined, left = (_day(row.values, n) for n in ("birth_date", "joined_on", "left_on"))
        for day, head in ((born, "出生日期"), (joined, "入会日期"), (left, "离开日期")):
            if day and day > self.today:
                row.problems.append(f"{head} {day} 还没有到，请核对。")
        if joined and left and left < joined:
            row.problems.append("离开日期早于入会日期，请核对。")
        if born and joined and joined.year - born.year < SIXTEEN:
            row.remarks.append("入会时不满 16 周岁，请核对。")

    def marks(self, values: Values) -> list[Mark]:
        return list(self._marks(values))

    def _marks(self, values: Values) -> Iterator[Mark]:
        if number := values.get("number"):
            yield Mark("证件号码", number)
        if card := values.get("card_no"):
            yield Mark("会员证号", card)
        if born := values.get("birth_date"):
            yield Mark("姓名和出生日期", f"{values.get('name')} {born}", soft=True)

    # Against what is on record

    def judge(self, rows: Sequence[Row]) -> list[Finding]:
        """A few queries for all rows together."""
        self.lookup.meet(rows)
        return [self._judged(row) for row in rows]

    def _judged(self, row: Row) -> Finding:
        verdict, _, whom = row.decision.partition(":")
        if verdict == "same":
            return self._against(row, int(whom), decided=True)
        found, asked = self.lookup.candidates(row.values)
        if found is not None:
            if verdict == "other":
                return Finding(
                    Verdict.WRONG, ["证件号码已经是库里一个人的，不能再登记给另一个人。"]
                )
            return self._against(row, found, decided=False)
        if asked and verdict != "other":
            return Finding(Verdict.DOUBTFUL, [self.lookup.why(row.values)], None, {}, asked)
        return Finding(Verdict.NEW)

    def _against(self, row: Row, pk: int, *, decided: bool) -> Finding:
        known = self.lookup.known(pk)
        if known is None:
            return Finding(Verdict.WRONG, ["库里的这个人已经合并或删去，请重新核对。"])
        stopped = self._stopped(row, known)
        if stopped:
            return Finding(Verdict.WRONG, [stopped])
        if known.name != row.values["name"] and not decided:
            words = f"证件号码相同，姓名不同：库里是「{known.name}」。请判断是不是同一人。"
            return Finding(Verdict.DOUBTFUL, [words], None, {}, [pk])
        found = self.lookup.difference(row.values, known, self.desk.org_of(row.values))
        verdict = Verdict.CHANGED if found.changes else Verdict.SAME
        return Finding(verdict, found.told, pk, found.changes)

    def _stopped(self, row: Row, known: Known) -> str:
        """Why a row cannot concern the person it means."""
        if not any(known.path.startswith(path) for path in self.by.spans.get(CAPABILITY, ())):
            return "这个人在别的工会登记，不归您管理。请办理会籍转接，不要重新登记。"
        if known.left_on:
            return f"这个人已于 {known.left_on} 离开。请先在个人页重新登记，再导入。"
        number = row.values.get("number")
        owner = self.lookup.owner(row.values) if number else None
        if owner is not None and owner != known.pk:
            return "证件号码是库里另一个人的，请核对是哪一项填错了。"
        return ""

    def write(self, orders: Sequence[Order]) -> list[Any]:
        return write(orders, self.desk)

    def take_back(self, written: Sequence[Any]) -> list[str]:
        return take_back(written, self.desk)


def _names_below(org: Org) -> dict[str, list[Org]]:
    """What the bodies of a subtree are called, full name and short name."""
    found: dict[str, list[Org]] = {}
    for one in Org.objects.below(org).filter(until=None).only("name", "short_name", "path", "kind"):
        for name in {plain(one.name), plain(one.short_name)} - {""}:
            found.setdefault(name, []).append(one)
    return found


def _day(values: Values, name: str) -> date | None:
    said = values.get(name)
    return date.fromisoformat(said) if said else None
