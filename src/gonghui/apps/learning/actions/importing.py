"""Days of hire and leaves that come from a list: whom each row means, held against the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from gonghui.core.exchange.kinds import Finding, Mark, Row, Values
from gonghui.core.exchange.models import Verdict
from gonghui.core.exchange.people import PeopleClerk
from gonghui.core.people.models import Person

from ..models import Hire, Leave, LeaveKind


class HireClerk(PeopleClerk):
    """One day of hire a person."""

    model = Hire
    capability = "learning.write"

    def prepare(self, row: Row) -> None:
        if row.values.get("on", "") > f"{timezone.localdate()}":
            row.problems.append("入职日期还没有到。")

    def meet(self, people: Sequence[int]) -> None:
        rows = Hire.objects.filter(person__in=people)
        self.hired = dict(rows.values_list("person_id", "on"))

    def held(self, person: Person, values: Values) -> Finding:
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

    def made(self, person: Person, values: Values) -> Hire:
        evidence = values.get("evidence", "")
        return Hire(person=person, on=date.fromisoformat(values["on"]), evidence=evidence)

    def said(self, one: Hire) -> list[str]:
        return [str(one.person_id), f"{one.on}", one.evidence]


class LeaveClerk(PeopleClerk):
    """Any number of leaves a person, told apart by kind and first day."""

    model = Leave
    capability = "learning.write"

    def prepare(self, row: Row) -> None:
        said = row.values
        if "since" in said and "until" in said and said["until"] < said["since"]:
            row.problems.append("结束日期不能早于开始日期。")

    def marks(self, values: Values) -> list[Mark]:
        who = f"{values.get('name')} {values.get('unit', '')}"
        what = f"{values.get('kind')} {values.get('since')}"
        return [Mark("人员、假别和开始日期", f"{who} {what}", soft=True)]

    def meet(self, people: Sequence[int]) -> None:
        rows = Leave.objects.filter(person__in=people)
        self.away = {(one.person_id, one.kind, one.since): one.until for one in rows}

    def held(self, person: Person, values: Values) -> Finding:
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

    def made(self, person: Person, values: Values) -> Leave:
        return Leave(
            person=person,
            kind=values["kind"],
            since=date.fromisoformat(values["since"]),
            until=date.fromisoformat(values["until"]),
            evidence=values.get("evidence", ""),
            noted_by=self.by.person,
        )

    def said(self, one: Leave) -> list[str]:
        return [str(one.person_id), one.kind, f"{one.since}", f"{one.until}", one.evidence]
