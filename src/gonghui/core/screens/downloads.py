"""Fetching a file through what it belongs to, and removing it: the rule of the record decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from gonghui.core.files.models import Attachment
from gonghui.core.files.store import discard

from .panels import Attachments
from .screens import registry


@require_GET
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """Send a file as a download, never shown inside our pages."""
    found = get_object_or_404(Attachment.objects.select_related("content_type"), pk=pk)
    if not may_fetch(found, request):
        raise Http404
    return sent(found)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may edit the record takes a file away, says why, and the history keeps it."""
    asker: Any = request
    found = get_object_or_404(Attachment.objects.select_related("content_type"), pk=pk)
    subject = found.subject
    screens = registry.get(subject._meta.label_lower) if subject is not None else None
    if subject is None or screens is None or not _removable(screens):
        raise Http404
    if not screens.rules["edit"].allows(asker.actor, subject):
        raise Http404
    back = screens.url("detail", subject)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        discard(found, subject, reason=form.cleaned_data["reason"], by=asker.actor)
        return redirect(back)
    context = {"file": found, "subject": subject, "form": form, "back": back}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "screens/remove_file.html", context, status=status)


def _removable(screens: Any) -> bool:
    return any(isinstance(one, Attachments) and one.removable for one in screens.panels)


class RemoveForm(forms.Form):
    reason = forms.CharField(label="为什么移除", max_length=200)


def sent(found: Attachment) -> FileResponse:
    """A file as a download; whoever calls this has asked whether it may be had."""
    response = FileResponse(found.file.open(), as_attachment=True, filename=found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def may_fetch(found: Attachment, request: Any) -> bool:
    """The rule of the record decides; a part of a record answers with its whole (``seen_with``).

    A rule "fetch" is narrower than "view": who may see that there is a file may not have it.
    """
    subject = found.subject
    while subject is not None and subject._meta.label_lower not in registry:
        subject = getattr(subject, "seen_with", None)
    if subject is None:
        return False
    screens = registry[subject._meta.label_lower]
    rule = screens.rules.get("fetch", screens.rules["view"])
    return rule.allows(request.actor, subject)
