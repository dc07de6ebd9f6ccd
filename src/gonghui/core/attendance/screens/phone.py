"""The door on the organiser's phone: a page that works without a network, and what it fetches."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.access.middleware import public
from gonghui.kit.devices import may_use
from gonghui.kit.errors import DomainError

from ..actions.checking import Hand, take_in
from ..forms.notes import log_of
from ..queries.doors import Door, carried, door_of, touched


def door_or_404(request: HttpRequest, pk: int) -> Door:
    asker: Any = request
    found = door_of(asker.actor, pk)
    if found is None:
        raise Http404
    return found


@require_safe
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The page itself holds no list: the phone fetches and keeps that, and this page with it."""
    asker: Any = request
    door = door_or_404(request, pk)
    context = {
        "session": door.session,
        "proxy": door.whose is not None,
        "owner": asker.actor.person.pk,
        "reader": static("vendor/qr/decode.js"),
        # What the reader itself imports is asked for by its plain name, beside it.
        "beside": static("vendor/qr/decode.js").rpartition("/")[0] + "/index.js",
    }
    response = TemplateResponse(request, "attendance/phone.html", context)
    return may_use(response, "camera")


@never_cache
@require_safe
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """The list for the phone."""
    return JsonResponse(carried(door_or_404(request, pk), timezone.now()))


@require_POST
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the phone noted goes up; every note gets its receipt."""
    asker: Any = request
    door = door_or_404(request, pk)
    now = timezone.now()
    try:
        log = log_of(request.body)
    except DomainError as error:
        return JsonResponse({"refused": error.sentence}, status=400)
    hand = Hand(asker.actor, door.whose, now - log.sent_at)
    taken = take_in(door.session, log.notes, hand)
    receipts = [*taken.receipts, *log.broken]
    told = [{"number": str(one.number), "refused": one.refused} for one in receipts]
    people = touched(door, taken.lines(), {one.registration for one in taken.receipts})
    return JsonResponse({"now": now.isoformat(), "receipts": told, "people": people})


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker stands at the top of what it serves; it tells nothing about anybody."""
    response = TemplateResponse(request, "attendance/worker.js", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the phone keep the page on its home screen."""
    door = door_or_404(request, pk)
    page = reverse("attendance:phone", args=[pk])
    told = {
        "id": page,
        "name": f"签到 · {door.session}",
        "short_name": "签到",
        "lang": "zh-CN",
        "start_url": page,
        "scope": page,
        "display": "standalone",
        "background_color": "#f7f6f3",
        "theme_color": "#b3202a",
        "icons": [{"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


urlpatterns: list[URLPattern] = [
    path("session/<int:pk>/phone/", phone, name="phone"),
    path("session/<int:pk>/carry/", carry, name="carry"),
    path("session/<int:pk>/notes/", notes, name="notes"),
    path("session/<int:pk>/manifest/", manifest, name="manifest"),
    path("worker.js", worker, name="worker"),
]
