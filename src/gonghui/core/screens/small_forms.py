"""A small form on a page of its own: asked, tried, and back to where one came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from gonghui.kit.errors import DomainError

writes = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: Any) -> tuple[Any, Any]:
    """What a form is bound to: what was sent, or nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def small_form(
    request: Any,
    form: forms.BaseForm,
    act: Callable[[], object],
    *,
    back: str,
    template: str = "screens/small_form.html",
    **context: Any,
) -> HttpResponse:
    """``act`` is tried with a valid form; its refusal stands above the form, nothing is lost.

    Words that it answers are said on the page one comes back to; an answer of its own leads
    elsewhere. The page is told its ``title``, the record it is ``of``, a sentence in ``lead``, and
    what its button says (``submit``).
    """
    if form.is_bound and form.is_valid():
        try:
            said = act()
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            if isinstance(said, str):
                messages.success(request, said)
            return said if isinstance(said, HttpResponse) else redirect(back)
    context |= {"form": form, "back": back}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, template, context, status=status)
