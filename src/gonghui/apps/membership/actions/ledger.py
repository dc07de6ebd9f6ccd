"""Entries an officer makes in a person's ledger, one act at a time, and takes back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.ledger import Said
from gonghui.core.people.ledger import enter as write
from gonghui.core.people.models import Act, LedgerEntry, Person
from gonghui.core.regulations.standards import standard
from gonghui.kit.deadlines import add_months
from gonghui.kit.errors import DomainError

from .people import end_posts

VERBS |= {
    "join": "入会",
    "retain": "保留会籍",
    "resume": "恢复会籍",
    "quit": "退会",
    "lapse": "自动退会",
    "expel": "除名",
    "leave": "离开",
    "die": "去世",
    "reenter": "重新登记",
    "revoke": "撤销登记",
}
# Whose membership ends holds no posts in the union any more.
ENDS_POSTS = (Act.QUIT, Act.LAPSE, Act.EXPEL, Act.LEAVE, Act.DIE)
LONGEST = 200


@transaction.atomic
def enter(
    person: Person,
    act: str,
    *,
    by: Actor,
    day: date,
    reason: str = "",
    document: str = "",
    **said: Any,
) -> LedgerEntry:
    """Enter what happened; ``document`` is the paper it rests on, ``said`` what the form asked."""
    words = "；".join(filter(None, (document, reason)))[:LONGEST]
    org = person.org_id if act == Act.ENTER else 0
    (made,) = write(person, Said(act, day, org, reason=words), made_by=by.person)
    if act in ENDS_POSTS:
        end_posts(person, day, by=by)
    told = {"on": day, "reason": reason, "document": document, **said}
    verb = "reenter" if act == Act.ENTER else act
    record(person, verb, by=by, changes={k: v for k, v in told.items() if v not in (None, "")})
    return made


def lapse(person: Person, *, unpaid_since: date, talked_on: date, by: Actor, day: date) -> None:
    """Whoever pays no dues and stays away after a talk has left (章程)."""
    months = standard("lapse_months", org=person.org, day=day)
    if months and add_months(unpaid_since, months.value) > day:
        raise DomainError(f"连续不交会费还不满 {months.words}，不能登记自动退会。")
    if not unpaid_since <= talked_on <= day:
        raise DomainError("教育谈话应在开始不交会费之后、登记自动退会之前。")
    told = f"{unpaid_since:%Y-%m-%d} 起不交会费，{talked_on:%Y-%m-%d} 教育谈话"
    enter(person, Act.LAPSE, by=by, day=day, reason=told)


def expel(
    person: Person,
    *,
    by: Actor,
    day: date,
    discussed_on: date,
    filed_on: date | None = None,
    reason: str,
    document: str = "",
) -> None:
    """The group discusses, the committee decides on ``day``, the union above is told (章程)."""
    if discussed_on > day or (filed_on and filed_on < day):
        raise DomainError("顺序应是：小组讨论、委员会决定、报上一级备案。请核对三个日期。")
    dates = {"discussed_on": discussed_on, "filed_on": filed_on}
    enter(person, Act.EXPEL, by=by, day=day, reason=reason, document=document, **dates)


@transaction.atomic
def revoke(entry: LedgerEntry, *, by: Actor, reason: str) -> LedgerEntry:
    """Take an entry back that was made in error; what it did is as if it had never been."""
    person = entry.person
    said = Said(Act.REVOKE, timezone.localdate(), revokes=entry.pk, reason=reason[:LONGEST])
    (made,) = write(person, said, made_by=by.person)
    told = {"entry": f"{entry.day:%Y-%m-%d} {entry.get_act_display()}", "reason": reason}
    record(person, "revoke", by=by, changes=told)
    return made
