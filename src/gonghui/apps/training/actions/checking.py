"""A record is held against its constraints; what is wrong is said as a sentence."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from gonghui.kit.errors import DomainError


def check(obj: models.Model, *, known: tuple[str, ...] = ()) -> None:
    """``known`` names what was found under the actor's rights already."""
    try:
        obj.full_clean(exclude=known)
    except ValidationError as error:
        raise DomainError("".join(error.messages)) from None
