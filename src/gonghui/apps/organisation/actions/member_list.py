"""Members of a committee or delegates of a congress that come from a list, seated together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.exchange.kinds import Finding, Mark, Order, Row, Values
from gonghui.core.exchange.models import Batch, Verdict
from gonghui.core.exchange.people import PeopleClerk
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import BODIES, Function, Org
from gonghui.core.people.models import Person, Post
from gonghui.kit.errors import DomainError

from ..rules import ORG_RULES

DELEGATES: dict[str, str] = {
    Function.CONGRESS: "会员代表",
    Function.WORKERS_CONGRESS: "职工代表",
}  # what a seat is called where the list does not say
FACTS = ("title", "way", "approval")


def body_to_fill(actor: Actor, pk: int) -> Org | None:
    """A body whose members the actor may enter by a list; a union's own committee is elected."""
    rows = Org.objects.filter(kind__in=BODIES, pk=pk).exclude(function=Function.UNION)
    return ORG_RULES["grow"].narrow(rows, actor).first()


class MemberClerk(PeopleClerk):
    """Seats people of one union in one body of it; who sits there already is left as they are."""

    model = Post
    capability = "organisation.write"

    def __init__(self, batch: Batch, by: Actor) -> None:
        super().__init__(batch, by)
        body = body_to_fill(by, batch.about or 0)
        if body is None:
            raise DomainError("这个机构已经撤销，或者不归您管理，请重新选择。")
        self.body, self.today = body, timezone.localdate()

    def prepare(self, row: Row) -> None:
        """A delegate needs no title, and who says no day is seated today."""
        said = row.values
        if not said.get("title"):
            said["title"] = DELEGATES.get(self.body.function, "")
            if not said["title"]:
                row.problems.append("请填写职务，例如主任、委员、组长、成员。")
        said["since"] = said.get("since") or f"{self.today}"
        if said["since"] > f"{self.today}":
            row.problems.append("任职日期还没有到。")
        elif self.body.since and said["since"] < f"{self.body.since}":
            row.problems.append(f"任职日期早于「{self.body}」成立的 {self.body.since}。")

    def marks(self, values: Values) -> list[Mark]:
        who = f"{values.get('name')} {values.get('unit', '')}"
        return [Mark("人员和职务", f"{who} {values.get('title')}", soft=True)]

    def meet(self, people: Sequence[int]) -> None:
        rows = Post.objects.filter(org=self.body, person__in=people, until=None)
        self.seated = {(one.person_id, one.title): one.since for one in rows}

    def held(self, person: Person, values: Values) -> Finding:
        key = person.pk, values["title"]
        if since := self.seated.get(key):
            return Finding(Verdict.SAME, [f"自 {since} 起已任{values['title']}，不重复登记。"])
        if key in self.taken:
            return Finding(Verdict.WRONG, [f"表里这个人任{values['title']}写了两次。"])
        self.taken.add(key)
        return Finding(Verdict.NEW)

    def made(self, person: Person, values: Values) -> Post:
        facts = {name: values.get(name) or "" for name in FACTS}
        since = date.fromisoformat(values["since"])
        full_time = values.get("full_time")
        return Post(person=person, org=self.body, since=since, full_time=full_time, **facts)

    def said(self, one: Post) -> list[str]:
        facts = [getattr(one, name) for name in (*FACTS, "duty")]
        return [str(one.person_id), f"{one.since}", f"{one.until}", f"{one.full_time}", *facts]

    def write(self, orders: Sequence[Order]) -> list[Any]:
        """As ever, and one entry of the body itself, as when members are adjusted by hand."""
        made = super().write(orders)
        if made:
            record(self.body, "adjust", by=self.by, changes={"joined": f"按名单 {len(made)} 人"})
        return made
