"""Screens of a record that belongs to a body where somebody keeps learning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach
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


def attach_all(obj: models.Model, files: Iterable[Any], *, by: Actor) -> None:
    for file in files:
        attach(obj, file, name=file.name, by=by)


def asked(request: HttpRequest, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """A page with one form: ``title``, ``lead`` and ``back`` say what for."""
    status = 422 if form.is_bound else 200
    given = {"form": form, "submit_label": "保存"} | context
    return TemplateResponse(request, "training/asked.html", given, status=status)
