"""Screens of a record that belongs to a body where somebody keeps learning."""

from __future__ import annotations

from typing import Any

from django.db import models

from gonghui.core.files.store import attach_all
from gonghui.core.screens.screens import Screens


class OwnedScreens(Screens):
    """The form is told who asks and from where."""

    create_capability = "learning.write"
    related: tuple[str, ...] = ("org",)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*self.related)

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}

    def write(self, form: Any) -> models.Model:
        saved: models.Model = form.save()
        self.attach(saved, form)
        return saved

    def attach(self, obj: models.Model, form: Any) -> None:
        """Files that were chosen in the form, kept with its record."""
        attach_all(obj, form.cleaned_data.get("papers", []), by=self.actor)
