"""Handing a membership over: asked, released, accepted; and decided by a referee when late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.ledger import Said, enter
from gonghui.core.people.models import Act, Person, Standing
from gonghui.core.regulations.standards import standard
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

from ..models import Transfer, TransferState
from ..queries.late import why_not_go
from ..queries.unions import share_a_union
from .people import check_stands

VERBS |= {"ask": "发起转接", "receive": "会籍转接"}


@transaction.atomic
def ask_transfer(person: Person, to: Org, *, by: Actor, reason: str) -> Transfer:
    """Ask for a membership to go to another union; until it is accepted nothing changes."""
    moving = Person.objects.select_for_update().select_related("org").get(pk=person.pk)
    check_stands(to)
    if why := why_not_go(moving):
        raise DomainError(why)
    if share_a_union(moving.org, to):
        raise DomainError(f"「{to}」和{moving}现在的组织同属一个工会，办理调动就可以。")
    today = timezone.localdate()
    made = Transfer.objects.create(
        org=moving.org,
        to=to,
        person=moving,
        reason=reason,
        asked_by=by.person,
        asked_on=today,
        due_on=_due(to, today),
    )
    record(made, "ask", by=by, changes=changes_of({}, snapshot(made)))
    emit(made, "ask", by=by)
    return made


def _due(to: Org, today: date) -> date | None:
    """The last day by the standard of the union that takes in; none where none is set."""
    days = standard("transfer_days", org=to, day=today)
    return today + timedelta(days=days.value) if days else None


@transaction.atomic
def change_transfer(transfer: Transfer, *, by: Actor, **values: Any) -> Transfer:
    """Correct the reason while nobody has decided."""
    kept = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if kept.state != TransferState.ASKED:
        raise DomainError("原工会已经办理，不能再改；需要改的请撤回重新发起。")
    before = snapshot(kept)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(values))
    record(kept, "update", by=by, changes=changes_of(before, snapshot(kept)))
    return kept


def release(transfer: Transfer, *, by: Actor, day: date, document: str = "") -> None:
    _check_day(transfer, day)
    _keep(transfer, by=by, released_on=day, document=document)


def accept(transfer: Transfer, *, by: Actor, day: date, keeps: bool = False) -> None:
    """The new union takes the membership in; from this day on it is theirs.

    Of somebody without work it may go on being kept, as it was (``keeps``).
    """
    _check_day(transfer, day)
    if transfer.released_on and day < transfer.released_on:
        raise DomainError("接收日期不能早于转出日期。")
    _hand_over(transfer, by=by, day=day, keeps=keeps)
    _keep(transfer, by=by, accepted_on=day)


def settle(transfer: Transfer, *, by: Actor, day: date, document: str, keeps: bool = False) -> None:
    """The union above both decides, where the two did not in time."""
    _check_day(transfer, day)
    _hand_over(transfer, by=by, day=day, keeps=keeps)
    _keep(transfer, by=by, accepted_on=day, document=document)


def refuse(transfer: Transfer, *, by: Actor, reason: str) -> None:
    _keep(transfer, by=by, refusal=reason)


def _hand_over(transfer: Transfer, *, by: Actor, day: date, keeps: bool) -> None:
    person, to = transfer.person, transfer.to
    check_stands(to)
    before = str(person.org)
    standing = Standing.RETAINED if keeps else ""
    said = Said(Act.TRANSFER, day, to.pk, standing, reason=transfer.reason)
    enter(person, said, made_by=by.person)
    record(person, "receive", by=by, changes={"org": [before, str(to)], "on": day})


def _check_day(transfer: Transfer, day: date) -> None:
    if day < transfer.asked_on:
        raise DomainError("日期不能早于发起日期。")


def _keep(transfer: Transfer, *, by: Actor, **values: Any) -> None:
    transfer.decided_by = by.person
    for name, value in values.items():
        setattr(transfer, name, value)
    transfer.save(update_fields=["decided_by", *values])
