"""Registers access with Django; an upgrade brings the shipped roles their new capabilities."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "gonghui.core.access"
    label = "access"
    verbose_name = "权限"

    def ready(self) -> None:
        post_migrate.connect(_ship, sender=self)


def _ship(**signal: Any) -> None:
    """Capabilities come with every release; a role that somebody changed stays as it is."""
    roles = import_module("gonghui.core.access.roles")
    if roles.is_ready(signal["using"]):
        roles.ship_roles()
