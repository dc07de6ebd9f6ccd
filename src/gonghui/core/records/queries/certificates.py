"""Certificates: of an activity, of a person, and by the code on the paper."""

from __future__ import annotations

from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.people.models import Person

from ..models import Certificate
from ..rules import CERTIFICATE_RULES


def certificates_of(activity: Activity) -> QuerySet[Certificate]:
    """Those that stand, by unit and name."""
    rows = Certificate.objects.standing().filter(registration__activity=activity)
    dressed = rows.select_related("org__parent", "registration__person", "registration__org")
    return dressed.order_by("registration__org__path", "registration__person__pinyin", "pk")


def own_certificates(person: Person) -> QuerySet[Certificate]:
    rows = Certificate.objects.standing().filter(registration__person=person)
    return rows.select_related("org", "registration__person")


def class_certificate(registration: int | None, actor: Actor) -> Certificate | None:
    """The one for passing a class, where the actor may print it."""
    rows = certificates_within(actor).filter(registration=registration)
    return rows.filter(sort=Certificate.Sort.PASSED).first()


def certificates_within(actor: Actor) -> QuerySet[Certificate]:
    """Those that stand and that the actor may print."""
    rows = Certificate.objects.standing().select_related("org__parent", "registration__person")
    return CERTIFICATE_RULES["view"].narrow(rows, actor)


def certificate_by(code: str) -> Certificate | None:
    """Withdrawn ones too: whoever holds the paper is told so."""
    rows = Certificate.objects.select_related("org__parent", "registration__person")
    return rows.filter(code=code).first()
