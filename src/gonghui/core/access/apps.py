"""Registers access with Django; an upgrade brings the shipped roles their new capabilities."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "gonghui.core.access"
    label = "access"
    verbose_name = "权限"

    def ready(self) -> None:
        post_migrate.connect(_ship, sender=self)


def _ship(apps: Apps | None = None, **signal: Any) -> None:
    """In the state the migrations stand in; before the first one there is no table."""
    from .models import Role  # noqa: PLC0415  # models are not ready when this file is read
    from .roles import ship_roles  # noqa: PLC0415  # likewise

    try:
        ship_roles(apps.get_model("access", "Role") if apps else Role)
    except LookupError:
        return
