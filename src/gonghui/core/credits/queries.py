"""What people earned: their credits, and the sums by kind, unit and role."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Sum

from gonghui.core.people.models import Person
from gonghui.kit.amounts import plain

from .kinds import kinds
from .models import Credit, Unit


@dataclass(frozen=True)
class Total:
    """A sum of one kind, unit and role; ``words`` says it as people do."""

    label: str
    role: str
    amount: Decimal
    unit: str

    @property
    def words(self) -> str:
        return f"{plain(self.amount)} {self.unit}"


def credits_of(person: Person) -> models.QuerySet[Credit]:
    """What counts of a person, the latest first."""
    rows = Credit.objects.standing().filter(person=person)
    return rows.select_related("org", "confirmed_by", "record_type")


def credits_from(subject: models.Model) -> models.QuerySet[Credit]:
    """What a record earned those it is about."""
    kind = ContentType.objects.get_for_model(subject)
    return Credit.objects.standing().filter(record_type=kind, record_id=subject.pk)


def totals(rows: models.QuerySet[Credit]) -> list[Total]:
    """Sums of some credits by kind and role, in one query."""
    sums = rows.order_by("kind", "role").values("kind", "role", "unit").annotate(all=Sum("amount"))
    return [
        Total(
            kinds[one["kind"]].label,
            Credit.Role(one["role"]).label,
            one["all"],
            Unit(one["unit"]).label,
        )
        for one in sums
    ]
