"""The address of a record's page, for apps that are strangers to the one that shows it."""

from __future__ import annotations

from django.db import models

from .screens import registry


def door(obj: models.Model) -> str:
    """Where the record is shown; empty where no app shows it."""
    screens = registry.get(obj._meta.label_lower)
    return screens.url("detail", obj) if screens else ""


def list_of(label: str, query: str = "") -> str:
    """The list of a model's records, with a query; empty where no app shows one."""
    screens = registry.get(label)
    return screens.url("list") + query if screens else ""
