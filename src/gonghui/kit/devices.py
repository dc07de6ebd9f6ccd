"""Says what of a device a page may use: nothing, unless the page itself asks for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FEATURES = ("camera", "geolocation", "microphone")
HEADER = "Permissions-Policy"


def may_use(response: HttpResponse, feature: str) -> HttpResponse:
    """Let a page of ours, and nothing framed in it, ask for a part of the device."""
    response[HEADER] = ", ".join(f"{one}=({'self' * (one == feature)})" for one in FEATURES)
    return response


def devices(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """A middleware: what no page asked for is closed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        return response if HEADER in response else may_use(response, "")

    return middleware
