"""What points to a person, found in the registry of models, whatever app it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from gonghui.core.people.models import Identity, Person

GONE = "gone"
# Facts somebody may choose between; what has a day follows from the ledger.
OWN = (
    "name", "pinyin", "initials", "sex", "birth_date", "birth_year", "work_status", "gig",
    "is_migrant", "employer", "department", "position", "former_unit",
)  # fmt: skip
LEDGER = "ledger"

# What stays: history and its like are only added to; the ledger and its spans are replayed.
STAYS = {
    "history.entry": "its chain is sealed; who acted has acted",
    "people.reveal": "only added to, like history",
    "people.ledgerentry": "moved or exchanged as a whole story",
    "people.membership": "made from the ledger",
    "people.person": "the mark of the merge itself",
    "membership.merge": "tells of the merge",
    "membership.notsame": "tells two records apart",
}


@dataclass(frozen=True)
class Pointer:
    """A column through which rows of a model belong to a person."""

    model: type[models.Model]
    field: str
    kind: str = ""  # of a generic key: the field that names the model

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def is_single(self) -> bool:
        """Whether a person has one of these at most."""
        return not self.kind and bool(self.model._meta.get_field(self.field).one_to_one)

    def rows(self, person: Person) -> models.QuerySet[models.Model]:
        manager = self.model._base_manager
        if self.kind:
            person_kind = ContentType.objects.get_for_model(Person)
            return manager.filter(**{self.kind: person_kind, self.field: person.pk})
        return manager.filter(**{self.field: person.pk})


def both_sealed(kept: Person, gone: Person) -> tuple[Identity, Identity] | None:
    """What lies sealed of two people; None where one has nothing, whose like moves as a whole."""
    rows = {row.person_id: row for row in Identity.objects.filter(person__in=[kept, gone])}
    return (rows[kept.pk], rows[gone.pk]) if len(rows) == 2 else None


def pointers() -> list[Pointer]:
    """Every foreign key, one-to-one, many-to-many row and generic key to a person."""
    found = [one for one in (*_keys(), *_generic()) if one.label not in STAYS]
    return sorted(found, key=lambda one: (one.label, one.field))


def _keys() -> Iterator[Pointer]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_fields:
            if field.remote_field and field.related_model is Person:
                yield Pointer(model, field.name)


def _generic() -> Iterator[Pointer]:
    for model in apps.get_models():
        for field in model._meta.private_fields:
            if isinstance(field, GenericForeignKey):
                yield Pointer(model, field.fk_field, field.ct_field)
