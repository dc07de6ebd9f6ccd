"""Fetching a file through what it belongs to: whoever may see the record may have it."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from gonghui.core.files.models import Attachment

from .screens import registry


@require_GET
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """Send a file as a download, never shown inside our pages."""
    found = get_object_or_404(Attachment.objects.select_related("content_type"), pk=pk)
    if not may_fetch(found, request):
        raise Http404
    return sent(found)


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
