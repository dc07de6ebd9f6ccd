"""A list of people to sign up: each row held against the roster and the list, then signed up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, Admits
from gonghui.core.exchange.kinds import Finding, Mark, Order, Row, Values
from gonghui.core.exchange.models import Batch, Verdict
from gonghui.core.people.models import Person
from gonghui.core.signing.actions.admitting import why_outside
from gonghui.core.signing.actions.signing import (
    GONE,
    Signing,
    check_items,
    sign_up,
    why_closed,
    withdraw,
)
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError
from gonghui.kit.lookup import BETWEEN

from .finding import AS_GUEST, Lookup

NO_ACTIVITY = "这个活动已经删去，请重新选择活动。"


class EnrolmentClerk:
    """Signs up the people of one body for one activity; made anew for every job."""

    def __init__(self, batch: Batch, by: Actor) -> None:
        self.by = by
        activity = Activity.objects.select_related("org").filter(pk=batch.about or 0).first()
        if activity is None:
            raise DomainError(NO_ACTIVITY)
        self.activity = activity
        self.groups = {one.name: one for one in activity.quotas.exclude(name="")}
        self.delegation = activity.delegations.filter(org=batch.org).first()
        self.lookup = Lookup(activity, batch.org, by)
        self.meant: dict[int, Person] = {}  # line → who is signed up by it
        self.guests: dict[str, Finding] = {}

    # A row by itself

    def prepare(self, row: Row) -> None:
        """Check the group and how many come along."""
        known = f"可填：{'、'.join(self.groups)}。" if self.groups else "这个活动不分组，请留空。"
        said = self._items(row.values)
        for name in (name for name in said if name not in self.groups):
            row.problems.append(f"没有「{name}」这一组。{known}")
        try:
            check_items(self.activity, [self.groups[one] for one in said if one in self.groups])
        except DomainError as error:
            row.problems.append(error.sentence)
        most = self.activity.companions_allowed
        if len(_companions(row.values)) > most:
            row.problems.append(f"每人最多带 {most} 人同行，请改少一些。")

    def _items(self, said: Values) -> list[str]:
        """One group, or several with a mark between; a name with such a mark in it is one."""
        words = said.get("group") or ""
        if not words or words in self.groups:
            return [words] if words else []
        names = (name.strip() for name in BETWEEN.split(words))
        return list(dict.fromkeys(name for name in names if name))

    def marks(self, values: Values) -> list[Mark]:
        if number := values.get("number"):
            return [Mark("证件号码", number)]
        name = f"{values.get('name')} {values.get('unit', '')}"
        return [Mark("姓名和所在单位", name, soft=True)]

    # Against what is on record

    def judge(self, rows: Sequence[Row]) -> list[Finding]:
        """A few queries for all rows together; once sign-up has closed, none is taken."""
        if why := why_closed(self.activity, timezone.now()):
            return [Finding(Verdict.WRONG, [why]) for _ in rows]
        self.lookup.meet([row for row in rows if not row.values.get("guest")])
        self.guests = self._guests({row.values["name"] for row in rows if row.values.get("guest")})
        found = self._admitted(rows, [self._judged(row) for row in rows])
        standing = self._standing()
        return [
            standing.get(self.meant[row.line].pk, one) if row.line in self.meant else one
            for row, one in zip(rows, found, strict=True)
        ]

    def _admitted(self, rows: Sequence[Row], found: list[Finding]) -> list[Finding]:
        """Who is outside those it is for stops nobody else of the list."""
        if self.activity.admits != Admits.MEANT:
            return found
        new = [at for at, one in enumerate(found) if one.verdict == Verdict.NEW]
        whys = why_outside(self.activity, [self._signing(rows[at]) for at in new], self.by)
        for at, why in zip(new, whys, strict=True):
            if why:
                found[at] = Finding(Verdict.WRONG, [why])
                self.meant.pop(rows[at].line, None)
        return found

    def _judged(self, row: Row) -> Finding:
        self.meant.pop(row.line, None)
        if row.values.get("guest"):
            return self.guests.get(row.values["name"]) or Finding(Verdict.NEW)
        people, why = self.lookup.candidates(row)
        verdict, _, whom = row.decision.partition(":")
        if verdict == "same":
            people = [one for one in people if one.pk == int(whom)]
        if not people:
            return Finding(Verdict.WRONG, [why or "名册又有变动，请重新核对。"])
        if len(people) > 1 and verdict == "other":
            return Finding(Verdict.WRONG, [f"名册里只有这几位「{people[0]}」。{AS_GUEST}"])
        if len(people) > 1:
            words = f"有 {len(people)} 位「{people[0]}」，请选是哪一位，或在表里写明所在单位。"
            return Finding(Verdict.DOUBTFUL, [words], None, {}, [one.pk for one in people])
        self.meant[row.line] = people[0]
        return Finding(Verdict.NEW)

    def _guests(self, names: set[str]) -> dict[str, Finding]:
        """Guests the same hand has signed up by these names."""
        rows = self.activity.registrations.filter(guest__in=names, signed_by=self.by.person)
        return {one.guest: _same(one) for one in rows.exclude(status__in=GONE)} if names else {}

    def _standing(self) -> dict[int, Finding]:
        """Who of those meant is on the activity's list already."""
        people = [one.pk for one in self.meant.values()]
        rows = self.activity.registrations.filter(person__in=people).exclude(status__in=GONE)
        return {one.person_id: _same(one) for one in rows if one.person_id}

    def write(self, orders: Sequence[Order]) -> list[Any]:
        """Sign them up in the order of the list; who finds no place any more waits."""
        if not orders:
            return []
        signings = [self._signing(one.row) for one in orders]
        made = sign_up(self.activity, signings, by=self.by, later=True)
        return [one.pk for one in made]

    def _signing(self, row: Row) -> Signing:
        said = row.values
        return Signing(
            self.meant.get(row.line),
            guest="" if row.line in self.meant else said["name"],
            role=said.get("role", Registration.Role.PARTICIPANT),
            quotas=tuple(self.groups[one] for one in self._items(said) if one in self.groups),
            delegation=self.delegation if row.line in self.meant else None,
            category=said.get("kind", ""),
            companion_names=_companions(said),
        )

    def take_back(self, written: Sequence[Any]) -> list[str]:
        """Everybody of the list gives the place back, as if they had withdrawn."""
        rows = Registration.objects.in_bulk(written)
        return [self._withdrawn(rows.get(pk)) for pk in written]

    def _withdrawn(self, registration: Registration | None) -> str:
        if registration is None or registration.status in GONE:
            return "导入以后已经退出，保留不动。"
        try:
            withdraw(registration, by=self.by)
        except DomainError as error:
            return error.sentence
        return ""


def _same(known: Registration) -> Finding:
    words = f"已在名单上（{known.get_status_display()}），不重复报名。"
    return Finding(Verdict.SAME, [words], known.pk)


def _companions(values: Values) -> tuple[str, ...]:
    names = (name.strip() for name in BETWEEN.split(values.get("companions", "")))
    return tuple(name[:50] for name in names if name)
