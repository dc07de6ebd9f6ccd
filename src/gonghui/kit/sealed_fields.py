"""Model fields for what must not lie open in the database, and how such a value behaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from . import sealing


def hidden(text: str) -> str:
    """The mask of a value of which nothing may be seen."""
    return "••••••"


class Secret:
    """A sensitive text: wherever it is written out it is its mask; ``reveal`` opens it.

    Read from the database it stays sealed until something asks, so lists open nothing.
    """

    __slots__ = ("_mask", "_place", "_plain", "_sealed")

    def __init__(self, place: str, mask: Callable[[str], str], *, plain: str = "") -> None:
        self._place, self._mask = place, mask
        self._plain: str | None = plain or None
        self._sealed: bytes | None = None

    @classmethod
    def from_sealed(cls, place: str, mask: Callable[[str], str], sealed: bytes) -> Secret:
        """A secret as the database holds it."""
        secret = cls(place, mask)
        secret._sealed = bytes(sealed)
        return secret

    def reveal(self) -> str:
        """The text itself; whoever calls this answers for who sees it."""
        if self._plain is None:
            self._plain = sealing.unseal(self._sealed or b"", self._place)
        return self._plain

    def sealed(self) -> bytes:
        """The text as it is kept: the bytes it came with, or sealed with the current key."""
        if self._sealed is None:
            self._sealed = sealing.seal(self.reveal(), self._place)
        return self._sealed

    def resealed(self) -> bytes:
        """The text sealed with the current key, anew if it was sealed with another."""
        if sealing.key_number(self.sealed()) != sealing.keys().current:
            self._sealed = sealing.seal(self.reveal(), self._place)
        return self.sealed()

    def __str__(self) -> str:
        return self._mask(self.reveal())

    def __repr__(self) -> str:
        return f"<Secret {self._place}>"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Secret):
            return self.reveal() == other.reveal()
        return isinstance(other, str) and self.reveal() == other

    def __hash__(self) -> int:
        return hash(self.reveal())


class _SealedAttribute(DeferredAttribute):
    """Makes a secret of whatever text is put into the field."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        field: Any = self.field
        instance.__dict__[field.attname] = field.to_python(value)


class SealedField(models.Field):  # type: ignore[type-arg]  # set with a text, read as a secret
    """A text sealed in the database; it can be compared with nothing but NULL.

    ``place`` keeps the values readable when the model or the field is renamed: give it the old
    ``app.model.field``.
    """

    descriptor_class = _SealedAttribute

    def __init__(
        self, *args: Any, mask: Callable[[str], str] = hidden, place: str = "", **kwargs: Any
    ) -> None:
        self.mask, self._place = mask, place
        super().__init__(*args, **({"null": True, "blank": True} | kwargs))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self._place:
            kwargs["place"] = self._place
        return name, path, args, kwargs

    @property
    def place(self) -> str:
        return self._place or f"{self.model._meta.label_lower}.{self.name}"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def to_python(self, value: Any) -> Secret | None:
        if value is None or isinstance(value, Secret):
            return value
        return Secret(self.place, self.mask, plain=str(value)) if value != "" else None

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Secret | None:
        return None if value is None else Secret.from_sealed(self.place, self.mask, value)

    def get_prep_value(self, value: Any) -> bytes | None:
        secret = self.to_python(super().get_prep_value(value))
        return secret.sealed() if secret else None

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = super().get_db_prep_value(value, connection, prepared)
        return None if value is None else connection.Database.Binary(value)

    def run_validators(self, value: Any) -> None:
        super().run_validators(value.reveal() if isinstance(value, Secret) else value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only "is it there": the same text is sealed differently each time."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": forms.CharField} | kwargs))


class _Derived:
    """A column computed from another attribute of the row whenever the row is written."""

    of: str
    derive: Callable[[models.Model], Any]  # what each column makes of a row

    def _text(self, instance: models.Model) -> str:
        value = getattr(instance, self.of)
        value = value() if callable(value) else value
        return value.reveal() if isinstance(value, Secret) else value or ""

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = self.derive(instance)
        setattr(instance, self.attname, value)  # type: ignore[attr-defined]  # a field's own name
        return value


class BlindIndexField(_Derived, models.BinaryField):  # type: ignore[type-arg]  # bytes or None
    """Finds a sealed text by equality: the HMAC-SM3 of ``of``, a field, property or method."""

    def __init__(self, *args: Any, of: str, purpose: str, **kwargs: Any) -> None:
        self.of, self.purpose = of, purpose
        super().__init__(*args, **({"null": True, "editable": False} | kwargs))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of, "purpose": self.purpose}

    def derive(self, instance: models.Model) -> bytes | None:
        text = self._text(instance)
        return self.blind(text) if text else None

    def blind(self, text: str) -> bytes:
        """What a text is found by."""
        return sealing.blind(text, self.purpose)


class TailField(_Derived, models.CharField):  # type: ignore[type-arg]  # a short text
    """The last characters of a sealed text, by which people look for it."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        given: dict[str, Any] = {
            "max_length": 4,
            "blank": True,
            "default": "",
            "editable": False,
        } | kwargs
        super().__init__(*args, **given)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def derive(self, instance: models.Model) -> str:
        return self._text(instance)[-(self.max_length or 4) :]


def derive(instance: models.Model) -> None:
    """Compute a row's derived columns now; ``bulk_update`` does not do it by itself."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, _Derived):
            setattr(instance, field.attname, field.derive(instance))


def blind_of(model: type[models.Model], name: str, text: str) -> bytes:
    """What a text is found by in a model's blind column."""
    field: Any = model._meta.get_field(name)
    blinded: bytes = field.blind(text)
    return blinded


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    """The sealed columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]
