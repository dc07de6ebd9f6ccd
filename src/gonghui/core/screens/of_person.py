"""The screens of records about a person: begun from their page, kept with their body."""

from __future__ import annotations

from typing import Any

from django.db import models

from .screens import Screens


class OfPersonScreens(Screens):
    """A new record lies with the body its person belongs to when it is entered."""

    personal = True

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "person")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        """A new one is filled in for the person whose page one came from."""
        given: dict[str, Any] = {"actor": self.actor}
        said = self.request.GET.get("person", "")
        begins = not obj.pk and said.isdigit()
        return given | {"initial": {"person": int(said)}} if begins else given

    def prepare(self, form: Any) -> None:
        """Set what the form does not ask for, before the record is saved."""
        if not form.instance.pk:
            form.instance.person = form.cleaned_data["person"]
            form.instance.org = form.instance.person.org

    def write(self, form: Any) -> models.Model:
        self.prepare(form)
        return super().write(form)
