"""What apps keep of a person and owe them with their own data (个人信息保护法 §45)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from gonghui.kit.registry import Registry

from .models import Person

Rows = list[tuple[str, Any]]
# Heading → what stands below it, sealed fields opened: it is the person's own.
own_parts: Registry[Callable[[Person], Rows]] = Registry("own data")


@dataclass(frozen=True)
class Detail:
    """Rows that name nobody and are part of a record in somebody's name, through ``key``.

    Told are ``fields``, or all that has a Chinese name; nothing that others said in confidence.
    """

    model: type[models.Model]
    key: str
    fields: tuple[str, ...] = ()


own_details: Registry[Detail] = Registry("details of own data")
