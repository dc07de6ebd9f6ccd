"""Seals every sealed column of the database with the current key, batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction

from . import sealing
from .registry import Registry
from .sealed_fields import BlindIndexField, SealedField, derive, sealed_fields

BATCH = 500


@dataclass(frozen=True)
class Keeper:
    """Keeps sealed things that are no sealed column: how they are sealed anew, with which keys."""

    title: str
    reseal: Callable[[], int]
    keys_in_use: Callable[[], Counter[int]]


keepers: Registry[Keeper] = Registry("keepers of sealed things")


def sealed_models() -> Iterator[type[models.Model]]:
    """Every model with a sealed column, found and not listed."""
    return (model for model in apps.get_models() if sealed_fields(model))


def reseal(model: type[models.Model], batch: int = BATCH) -> int:
    """Seal a model's columns with the current key; how many values were sealed anew.

    Each batch is a transaction that locks its rows: broken off, whole batches are behind, and
    the next run passes over what already bears the current key.
    """
    fields, last, done = sealed_fields(model), 0, 0
    while True:
        with transaction.atomic():
            rows = _locked(model, fields, last, batch)
            stale = [row for row in rows if any(_is_stale(row, field) for field in fields)]
            done += sum(_is_stale(row, field) for row in stale for field in fields)
            for row in stale:
                for field in fields:
                    if secret := getattr(row, field.attname):
                        secret.resealed()
            if stale:
                names = [field.name for field in fields]
                model._base_manager.bulk_update(stale, names)
        if not rows:
            return done
        last = rows[-1].pk


def blind_anew(model: type[models.Model], batch: int = BATCH) -> int:
    """Compute the blind columns of a model with the present index key; how many rows it has."""
    names = [f.name for f in model._meta.concrete_fields if isinstance(f, BlindIndexField)]
    last, done = 0, 0
    while names:
        with transaction.atomic():
            rows = _locked(model, [], last, batch)
            for row in rows:
                derive(row)
            if rows:
                model._base_manager.bulk_update(rows, names)
        if not rows:
            break
        last, done = rows[-1].pk, done + len(rows)
    return done


def keys_in_use() -> Counter[int]:
    """How many values each key seals."""
    found: Counter[int] = Counter()
    for model in sealed_models():
        for field in sealed_fields(model):
            rows = model._base_manager.exclude(**{f"{field.name}__isnull": True})
            values = rows.order_by().values_list(field.name, flat=True)
            found.update(sealing.key_number(one.sealed()) for one in values.iterator(2000))
    for keeper in keepers:
        found.update(keeper.keys_in_use())
    return found


def _locked(
    model: type[models.Model], fields: list[SealedField], after: int, batch: int
) -> list[Any]:
    rows = model._base_manager.select_for_update().filter(pk__gt=after).order_by("pk")
    return list(rows.only(*[field.name for field in fields])[:batch] if fields else rows[:batch])


def _is_stale(row: Any, field: SealedField) -> bool:
    secret = getattr(row, field.attname)
    return bool(secret) and sealing.key_number(secret.sealed()) != sealing.keys().current
