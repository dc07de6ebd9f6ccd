"""Days of hire and leaves that come from a list: whom each row means, held against the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.exchange.kinds import Finding, Mark, Order, Row, Values
from gonghui.core.exchange.models import Batch, Verdict
from gonghui.core.history.trail import record_many
from gonghui.core.orgs.models import subtree
from gonghui.core.people.models import Person

from ..models import Hire, Leave, LeaveKind

GONE = "导入以后已经删去。"
CHANGED = "导入以后又改过，保留不动。"


class _Clerk:
    """Adds what is new of the people of one body; what stands there is never changed by a list."""

    model: type[Hire] | type[Leave]

    def __init__(self, batch: Batch, by: Actor) -> None:
        self.by, self.org = by, batch.org
        self.named: dict[str, list[Person]] = {}
        self.meant: dict[int, Person] = {}  # line → whose row it is
        self.taken: set[Any] = set()  # what this chunk adds already

    def prepare(self, row: Row) -> None:
        """A row by itself; a subclass says what must not be."""

    def marks(self, values: Values) -> list[Mark]:
        return [Mark("姓名和所在单位", f"{values.get('name')} {values.get('unit', '')}", soft=True)]

    def judge(self, rows: Sequence[Row]) -> list[Finding]:
        """Whom the rows mean and what is on record of them, in two queries."""
        inside = subtree(self.org.path, field="org") & self.by.reach("learning.write")
        names = {row.values["name"] for row in rows}
        people = Person.objects.active().filter(inside, name__in=names).select_related("org")
        named = defaultdict(list)
        for person in people.order_by("org__path", "pk"):
            named[person.name].append(person)
        self.named, self.taken = dict(named), set()
        self._meet([one.pk for some in named.values() for one in some])
        return [self._judged(row) for row in rows]

    def _meet(self, people: Sequence[int]) -> None:
        raise NotImplementedError

    def _held(self, person: Person, values: Values) -> Finding:
        raise NotImplementedError

    def _made(self, person: Person, values: Values) -> Hire | Leave:
        raise NotImplementedError

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
        return self._held(found[0], row.values)

    def write(self, orders: Sequence[Order]) -> list[Any]:
        made: list[Any] = [self._made(self.meant[o.row.line], o.row.values) for o in orders]
        manager: Any = self.model._default_manager
        manager.bulk_create(made)
        record_many(
            self.model, {one.pk: {"person": str(one)} for one in made}, "create", by=self.by
        )
        return [[one.pk, _said(one)] for one in made]

    def take_back(self, written: Sequence[Any]) -> list[str]:
        return [self._taken_back(pk, said) for pk, said in written]

    def _taken_back(self, pk: int, said: list[str]) -> str:
        kept = self.model._default_manager.filter(pk=pk).first()
        if kept is None:
            return GONE
        if _said(kept) != said:
            return CHANGED
        kept.delete()
        return ""


class HireClerk(_Clerk):
    """One day of hire a person."""

    model = Hire

    def prepare(self, row: Row) -> None:
        if row.values.get("on", "") > f"{timezone.localdate()}":
            row.problems.append("入职日期还没有到。")

    def _meet(self, people: Sequence[int]) -> None:
        rows = Hire.objects.filter(person__in=people)
        self.hired = dict(rows.values_list("person_id", "on"))

    def _held(self, person: Person, values: Values) -> Finding:
        known, said = self.hired.get(person.pk), date.fromisoformat(values["on"])
        if known == said:
            return Finding(Verdict.SAME, ["已经登记过，日期一样。"])
        if known is not None:
            words = f"已登记为 {known}，和表里不同；哪个对请在入职日期里改。"
            return Finding(Verdict.WRONG, [words])
        if person.pk in self.taken:
            return Finding(Verdict.WRONG, ["表里这个人写了两次。"])
        self.taken.add(person.pk)
        return Finding(Verdict.NEW)

    def _made(self, person: Person, values: Values) -> Hire:
        evidence = values.get("evidence", "")
        return Hire(person=person, on=date.fromisoformat(values["on"]), evidence=evidence)


class LeaveClerk(_Clerk):
    """Any number of leaves a person, told apart by kind and first day."""

    model = Leave

    def prepare(self, row: Row) -> None:
        said = row.values
        if "since" in said and "until" in said and said["until"] < said["since"]:
            row.problems.append("结束日期不能早于开始日期。")

    def marks(self, values: Values) -> list[Mark]:
        who = f"{values.get('name')} {values.get('unit', '')}"
        what = f"{values.get('kind')} {values.get('since')}"
        return [Mark("人员、假别和开始日期", f"{who} {what}", soft=True)]

    def _meet(self, people: Sequence[int]) -> None:
        rows = Leave.objects.filter(person__in=people)
        self.away = {(one.person_id, one.kind, one.since): one.until for one in rows}

    def _held(self, person: Person, values: Values) -> Finding:
        since, until = date.fromisoformat(values["since"]), date.fromisoformat(values["until"])
        key = person.pk, values["kind"], since
        known = self.away.get(key)
        if known == until:
            return Finding(Verdict.SAME, ["已经登记过，日期一样。"])
        if known is not None:
            kind = LeaveKind(values["kind"]).label
            words = f"这一天起的{kind}已登记到 {known}，和表里不同；哪个对请在请假登记里改。"
            return Finding(Verdict.WRONG, [words])
        if key in self.taken:
            return Finding(Verdict.WRONG, ["表里这个人这一天起的这种假写了两次。"])
        self.taken.add(key)
        return Finding(Verdict.NEW)

    def _made(self, person: Person, values: Values) -> Leave:
        return Leave(
            person=person,
            kind=values["kind"],
            since=date.fromisoformat(values["since"]),
            until=date.fromisoformat(values["until"]),
            evidence=values.get("evidence", ""),
            noted_by=self.by.person,
        )


def _said(one: Hire | Leave) -> list[str]:
    """What a row of the list put on record, as JSON keeps it."""
    if isinstance(one, Hire):
        return [str(one.person_id), f"{one.on}", one.evidence]
    return [str(one.person_id), one.kind, f"{one.since}", f"{one.until}", one.evidence]
