"""What is under way for a person, and transfers the two unions did not settle in time."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models

from gonghui.core.people.ledger import current
from gonghui.core.people.models import Person
from gonghui.core.people.replay import HELD
from gonghui.kit.prepared import about

from ..models import Application, Transfer, TransferState

OPEN = (TransferState.ASKED, TransferState.RELEASED)


def open_transfer(person: Person) -> Transfer | None:
    """The one that is under way for a person."""
    found = about(
        person.pk,
        "open transfer",
        lambda pk: Transfer.objects.filter(person=pk, state__in=OPEN)[:1],
    )
    return next(iter(found), None)


def why_not_go(person: Person) -> str:
    """A sentence for whose membership cannot go anywhere now; nothing for whose can."""
    here = current(person)
    if here is None or here.standing not in HELD:
        return f"{person}还不是会员，请办入会申请。"
    return f"{person}已有一件会籍转接正在办理。" if open_transfer(person) else ""


def my_applications(person: Person) -> models.QuerySet[Application]:
    return Application.objects.filter(person=person).select_related("org")


def my_transfers(person: Person) -> models.QuerySet[Transfer]:
    return Transfer.objects.filter(person=person).select_related("org", "to")


def late_transfers(day: date) -> models.QuerySet[Transfer]:
    """Those whose time ran out the day before."""
    return Transfer.objects.filter(state__in=OPEN, due_on=day - timedelta(days=1)).select_related(
        "person", "org", "to"
    )
