"""A small form on a page of its own: asked, done, and back to where one came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from gonghui.kit.errors import DomainError


def asked(
    request: Any, form: forms.BaseForm, act: Callable[[], Any], *, title: str, lead: str, back: str
) -> HttpResponse:
    """GET shows a small form; POST does what it asks for and goes back."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(back)
    context = {"title": title, "lead": lead, "form": form, "back": back}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "elections/asked.html", context, status=status)
