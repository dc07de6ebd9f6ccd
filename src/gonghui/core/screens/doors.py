"""The address of a record's page and who sees it, for apps that are strangers to its own."""

from __future__ import annotations

from typing import Any

from django.db import models

from gonghui.core.access.actor import Actor

from .panels import Facts, Text
from .screens import registry


def door(obj: models.Model) -> str:
    """Where the record is shown; empty where no app shows it."""
    screens = registry.get(obj._meta.label_lower)
    return screens.url("detail", obj) if screens else ""


def list_of(label: str, query: str = "") -> str:
    """The list of a model's records, with a query; empty where no app shows one."""
    screens = registry.get(label)
    return screens.url("list") + query if screens else ""


def seen_by(actor: Actor, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The rows the actor's list of them would show; all of them where no app shows a list."""
    screens = registry.get(rows.model._meta.label_lower)
    return screens.rules["view"].narrow(rows, actor) if screens else rows


def page_fields(model: type[models.Model]) -> list[str]:
    """The fields a record's page tells as facts and texts; none where it draws them otherwise."""
    screens = registry.get(model._meta.label_lower)
    panels = screens.panels if screens else ()
    found: list[str] = []
    for panel in panels:
        if isinstance(panel, Facts):
            found += panel.names
        elif isinstance(panel, Text):
            found.append(panel.name)
    return found
