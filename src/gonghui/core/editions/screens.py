"""The screens of what has editions: drafted from a template or empty, made anew as a version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect

from gonghui.core.screens.choices import for_body
from gonghui.core.screens.panels import WORDS
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import posted, small_form

from .models import Edition

WORDS |= {"version": "版本"}


class EditionScreens(Screens):
    """``templates`` are those one may begin with, ``keep`` the action that saves the head."""

    acts = True
    templates: ClassVar[Sequence[Any]]
    keep: ClassVar[Callable[..., Edition]]
    lead_of_version: ClassVar[str]

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "before")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        return for_body(self, obj)

    def write(self, form: Any) -> models.Model:
        chosen = form.cleaned_data.get("start")
        template = next((one for one in self.templates if one.code == chosen), None)
        return type(self).keep(form.save(commit=False), template, by=self.actor)

    def version(self, pk: int, make: Callable[..., Edition]) -> HttpResponse:
        """A next version is drafted, and the person is led to it."""
        edition = self.fetch(pk, "version")
        form = forms.Form(posted(self.request)[0])
        return small_form(
            self.request,
            form,
            lambda: redirect(self.url("detail", make(edition, by=self.actor))),
            back=self.url("detail", edition),
            title="另立新版本",
            of=edition,
            lead=self.lead_of_version,
            submit="拟定新版本",
        )
