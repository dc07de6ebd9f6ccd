"""What apps keep of a person and owe them with their own data (个人信息保护法 §45)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gonghui.kit.registry import Registry

from .models import Person

Rows = list[tuple[str, Any]]
# Heading → what stands below it, sealed fields opened: it is the person's own.
own_parts: Registry[Callable[[Person], Rows]] = Registry("own data")
