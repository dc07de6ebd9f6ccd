"""Honours of many people that come from a list: whose each row is, held against the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from gonghui.core.exchange.kinds import Finding, Mark, Row, Values
from gonghui.core.exchange.models import Verdict
from gonghui.core.exchange.people import PeopleClerk
from gonghui.core.people.models import Person

from .models import Honour, Level, Sort

NAMED = (Sort.MODEL_WORKER, Sort.ADVANCED, Sort.MEDAL)  # sorts that the name of an honour says
FACTS = (
    "title", "sort", "level", "granted_by", "document", "certificate", "nominated_by",
)  # fmt: skip


class HonourClerk(PeopleClerk):
    """Any number of honours a person, told apart by name and day."""

    model = Honour
    capability = "honours.write"

    def prepare(self, row: Row) -> None:
        """A sort that is left out is read from the name where that says it."""
        said = row.values
        if not said.get("sort"):
            named = [one for one in NAMED if one.label in said.get("title", "")]
            if len(named) == 1:
                said["sort"] = named[0].value
            elif "title" in said:
                row.problems.append("从荣誉名称看不出类别，请填类别。")
        if said.get("granted_on", "") > f"{timezone.localdate()}":
            row.problems.append("授予日期还没有到。")

    def marks(self, values: Values) -> list[Mark]:
        who = f"{values.get('name')} {values.get('unit', '')}"
        what = f"{values.get('title')} {values.get('granted_on')}"
        return [Mark("人员、荣誉名称和授予日期", f"{who} {what}", soft=True)]

    def meet(self, people: Sequence[int]) -> None:
        rows = Honour.objects.filter(person__in=people)
        self.known = {(one.person_id, one.title, one.granted_on): one for one in rows}

    def held(self, person: Person, values: Values) -> Finding:
        key = person.pk, values["title"], date.fromisoformat(values["granted_on"])
        if known := self.known.get(key):
            return _against(known, values)
        if key in self.taken:
            return Finding(Verdict.WRONG, ["表里这个人的这项荣誉写了两次。"])
        self.taken.add(key)
        return Finding(Verdict.NEW)

    def made(self, person: Person, values: Values) -> Honour:
        facts = {name: values.get(name) or "" for name in FACTS}
        on = date.fromisoformat(values["granted_on"])
        return Honour(person=person, org=person.org, granted_on=on, **facts)

    def said(self, one: Honour) -> list[str]:
        facts = [getattr(one, name) for name in FACTS]
        return [str(one.person_id), f"{one.granted_on}", *facts, one.revoked_for]


def _against(known: Honour, values: Values) -> Finding:
    """A list says nothing new of an honour on record, or contradicts it."""
    if known.revoked_on:
        words = f"这项荣誉已经登记过，并于 {known.revoked_on} 撤销，请核对。"
        return Finding(Verdict.WRONG, [words])
    differs = [name for name in FACTS if values.get(name) not in (None, "", getattr(known, name))]
    if not differs:
        return Finding(Verdict.SAME, ["已经登记过，内容一样。"])
    told = "、".join(f"{_label(name)}「{_shown(known, name)}」" for name in differs)
    return Finding(Verdict.WRONG, [f"已登记为{told}，和表里不同；哪个对请在荣誉里改。"])


def _label(name: str) -> str:
    return str(Honour._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # our own columns


def _shown(known: Honour, name: str) -> str:
    choices = {"sort": Sort.choices, "level": Level.choices}
    value = getattr(known, name)
    return str(dict(choices.get(name, [])).get(value, value)) or "未填"
