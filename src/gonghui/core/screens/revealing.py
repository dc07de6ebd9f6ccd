"""One sealed text shown once: the reason is asked for, what it says follows on the same page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.debug import sensitive_variables

from gonghui.core.history.privacy import LEAST_REASON
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError


class RevealForm(forms.Form):
    """Why somebody wants to see a sealed field."""

    reason = forms.CharField(
        label="查看理由",
        min_length=LEAST_REASON,
        max_length=200,
        help_text="会记入查看记录，本人和经审委员会都看得到。例如：办理互助保障核对证件。",
        error_messages={
            "required": "请写明理由。",
            "min_length": f"请把理由写具体一些，至少 {LEAST_REASON} 个字。",
        },
    )


@dataclass(frozen=True)
class Shown:
    """What is looked at: its name, its mask, and whose it is."""

    label: str
    value: str
    person: Person


@sensitive_variables("plain")
def reveal_page(
    request: HttpRequest, shown: Shown, opened: Callable[..., str], *, back: str
) -> HttpResponse:
    """``opened(reason=…)`` puts the look on record and returns the text."""
    form, plain = RevealForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            plain = opened(reason=form.cleaned_data["reason"])
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {"line": shown, "person": shown.person, "form": form, "plain": plain, "back": back}
    status = 422 if request.method == "POST" and not plain else 200
    return TemplateResponse(request, "screens/reveal.html", context, status=status)
