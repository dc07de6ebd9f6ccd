"""The member's study page: what the apps of learning show of a person, one card each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.screens.sockets import cards_of


@require_safe
def study(request: HttpRequest) -> HttpResponse:
    """Everybody's own; an account without a person has nothing to show."""
    asker: Any = request
    day = timezone.localdate()
    cards = cards_of(asker.actor, day) if asker.actor.person else []
    return TemplateResponse(request, "site/study.html", {"cards": cards})
