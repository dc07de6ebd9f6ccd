"""Lists of what people have: whom a row means by name and unit, and records added and taken back.

What such a record is, and when a row contradicts what stands, its app says.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import ProtectedError

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attachments_of
from gonghui.core.history.trail import record, record_many
from gonghui.core.orgs.models import subtree
from gonghui.core.people.models import Person
from gonghui.core.sheets import cells
from gonghui.core.sheets.columns import Column

from .kinds import Finding, Mark, Order, Row, Values
from .models import Batch, Verdict

GONE = "导入以后已经删去。"
CHANGED = "导入以后又改过，保留不动。"
WHO = (
    Column("name", "姓名", cells.name(50), example="安澜", required=True, width=12),
    Column("unit", "所在单位", cells.short_text(100), ("所在组织", "部门", "单位"), width=24,
           note="有同名的人时要填。"),
)  # fmt: skip
NOTES = (
    "第 2 行是例子，不会导入，可以删去。",
    "只找选定组织及下级的在册人员；已经登记过而内容不同的，不会被表改动。",
)
ORG_WORDS = ("导入哪个组织的", "选定组织及全部下级的人都可以在一张表里。")


def in_words(people: Iterable[int]) -> dict[int, str]:
    """People by name and body, to choose among."""
    rows = Person.objects.filter(pk__in=list(people)).select_related("org")
    return {one.pk: f"{one}，{one.org}" for one in rows}


class PeopleClerk(ABC):
    """Adds what is new of the people of one body; what stands there is never changed by a list."""

    model: ClassVar[Any]
    capability: ClassVar[str]

    def __init__(self, batch: Batch, by: Actor) -> None:
        self.by, self.org = by, batch.org
        self.named: dict[str, list[Person]] = {}
        self.meant: dict[int, Person] = {}  # line → whose row it is
        self.taken: set[Any] = set()  # what this chunk adds already

    # What an app says of its records

    def prepare(self, row: Row) -> None:  # noqa: B027  # a hook few need
        """A row by itself; a subclass says what must not be."""

    @abstractmethod
    def meet(self, people: Sequence[int]) -> None:
        """Read what is on record of these people."""

    @abstractmethod
    def held(self, person: Person, values: Values) -> Finding:
        """What a row means for what is on record of the person."""

    @abstractmethod
    def made(self, person: Person, values: Values) -> Any:
        """The record of a row, not yet saved."""

    @abstractmethod
    def said(self, one: Any) -> list[str]:
        """What a row of the list put on record, as JSON keeps it."""

    # What is the same for all

    def marks(self, values: Values) -> list[Mark]:
        return [Mark("姓名和所在单位", f"{values.get('name')} {values.get('unit', '')}", soft=True)]

    def judge(self, rows: Sequence[Row]) -> list[Finding]:
        """Whom the rows mean and what is on record of them, in two queries."""
        inside = subtree(self.org.path, field="org") & self.by.reach(self.capability)
        names = {row.values["name"] for row in rows}
        people = Person.objects.active().filter(inside, name__in=names).select_related("org")
        named = defaultdict(list)
        for person in people.order_by("org__path", "pk"):
            named[person.name].append(person)
        self.named, self.taken = dict(named), set()
        self.meet([one.pk for some in named.values() for one in some])
        return [self._judged(row) for row in rows]

    def _judged(self, row: Row) -> Finding:
        self.meant.pop(row.line, None)
        name, unit = row.values["name"], row.values.get("unit", "")
        found = self.named.get(name, [])
        if unit:
            found = [one for one in found if unit in (one.org.name, one.org.short_name)]
        verdict, _, whom = row.decision.partition(":")
        if verdict == "same":
            found = [one for one in found if one.pk == int(whom)]
        if not found:
            where = unit or str(self.org)
            return Finding(
                Verdict.WRONG, [f"{where}的在册人员里没有「{name}」，请核对姓名和单位。"]
            )
        if len(found) > 1:
            words = f"有 {len(found)} 位「{name}」，请选是哪一位，或在表里写明所在单位。"
            return Finding(Verdict.DOUBTFUL, [words], None, {}, [one.pk for one in found])
        self.meant[row.line] = found[0]
        return self.held(found[0], row.values)

    def write(self, orders: Sequence[Order]) -> list[Any]:
        made = [self.made(self.meant[one.row.line], one.row.values) for one in orders]
        self.model._default_manager.bulk_create(made)
        said = {one.pk: {"person": str(one)} for one in made}
        record_many(self.model, said, "create", by=self.by)
        return [[one.pk, self.said(one)] for one in made]

    def take_back(self, written: Sequence[Any]) -> list[str]:
        return [self._taken_back(pk, said) for pk, said in written]

    def _taken_back(self, pk: int, said: list[str]) -> str:
        kept = self.model._default_manager.filter(pk=pk).first()
        if kept is None:
            return GONE
        if self.said(kept) != said or attachments_of(kept).exists():
            return CHANGED
        try:
            with transaction.atomic():
                record(kept, "delete", by=self.by)
                kept.delete()
        except ProtectedError:  # something else refers to it by now
            return CHANGED
        return ""
