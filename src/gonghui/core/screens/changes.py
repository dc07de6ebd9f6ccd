"""What a save changed, in words a person reads in the history, and why it could not be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.kit.errors import DomainError
from gonghui.kit.sealed_fields import Secret


def snapshot(obj: models.Model) -> dict[str, Any]:
    """Field → value as history keeps it, many-to-many too; keys and derived columns left out."""
    values: dict[str, Any] = {}
    for field in obj._meta.concrete_fields:
        if field.editable and not field.primary_key:
            values[field.name] = shown(obj, field)
    for many in obj._meta.many_to_many:
        values[many.name] = "、".join(str(x) for x in getattr(obj, many.name).all())
    return values


def shown(obj: models.Model, field: models.Field[Any, Any]) -> Any:
    """A field's value as people read it: the choice's label, the other record's name."""
    if field.choices:
        return getattr(obj, f"get_{field.name}_display")()
    value = getattr(obj, field.name)
    return str(value) if isinstance(value, models.Model) else value


def told(value: Any) -> Any:
    """A sealed value is compared as it is and told by its mask."""
    return str(value) if isinstance(value, Secret) else value


def changes_of(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        name: [told(before.get(name)), told(value)]
        for name, value in after.items()
        if before.get(name) != value and not (before.get(name) is None and value in ("", []))
    }


def record_made(made: models.Model, *, by: Actor) -> None:
    """The first entry of what an action made, as the save of a screen would have left it."""
    record(made, "create", by=by, changes=changes_of({}, snapshot(made)))


@contextmanager
def phrased(obj: models.Model) -> Iterator[None]:
    """Refuse in the constraint's own words what the database does not take.

    A form proves only what it asks for, and an old record is not asked for its body again; nor
    does it see what somebody else saves in the same moment.
    """
    try:
        yield
    except IntegrityError:
        try:
            obj.validate_constraints()
        except ValidationError as error:
            raise DomainError("".join(error.messages)) from None
        raise
