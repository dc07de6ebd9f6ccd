"""What is under way for a person, and transfers the two unions did not settle in time."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models

from gonghui.core.people.models import Person
from gonghui.kit.prepared import about

from ..models import Application, ApplicationState, Transfer, TransferState

OPEN = (TransferState.ASKED, TransferState.RELEASED)


def open_transfer(person: Person) -> Transfer | None:
    """The one that is under way for a person."""
    found = about(
        person.pk,
        "open transfer",
        lambda pk: Transfer.objects.filter(person=pk, state__in=OPEN)[:1],
    )
    return next(iter(found), None)


def open_application(person: Person) -> Application | None:
    """The one that waits for the committee."""
    return Application.objects.filter(person=person, state=ApplicationState.SUBMITTED).first()


def my_applications(person: Person) -> models.QuerySet[Application]:
    return Application.objects.filter(person=person).select_related("org")


def my_transfers(person: Person) -> models.QuerySet[Transfer]:
    return Transfer.objects.filter(person=person).select_related("org", "to")


def late_transfers(day: date) -> models.QuerySet[Transfer]:
    """Those whose time ran out the day before."""
    return Transfer.objects.filter(state__in=OPEN, due_on=day - timedelta(days=1)).select_related(
        "person", "org", "to"
    )
