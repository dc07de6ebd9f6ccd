"""Puts the actor on every request and asks for a log-in where a page does not say otherwise."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.usersessions.models import UserSession
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from gonghui.core.access.actor import Actor
from gonghui.core.access.holding import held

Respond = Callable[[HttpRequest], HttpResponse]


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that anybody may open."""
    view.is_public = True  # type: ignore[attr-defined]  # read by the middleware below
    return view


class login_required:  # noqa: N801  # named as Django names its middleware functions
    """Every page needs a log-in unless it is marked public or belongs to the log-in itself."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated or getattr(view, "is_public", False):
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name in {"account_login", "account_logout"}:
            return None
        if request.headers.get("HX-Request"):
            # A fragment must not swallow the log-in page: the whole window goes there.
            here = urlsplit(request.headers.get("HX-Current-URL", ""))
            door = redirect_to_login(urlunsplit(("", "", here.path, here.query, "")) or "/")
            return HttpResponse(headers={"HX-Redirect": door.url})
        return redirect_to_login(request.get_full_path())


def actor(get_response: Respond) -> Respond:
    def middleware(request: HttpRequest) -> HttpResponse:
        person = getattr(request.user, "person", None)
        request.actor = Actor(  # type: ignore[attr-defined]
            person, request_id=uuid.uuid4().hex, held=held(request.user)
        )
        return get_response(request)

    return middleware


SEEN_EVERY = 300  # seconds between two marks that a session is in use


def seen(get_response: Respond) -> Respond:
    """Mark now and then that a session is in use; allauth's own way writes on every page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = int(time.time())
        if request.user.is_authenticated and now - request.session.get("seen", 0) > SEEN_EVERY:
            request.session["seen"] = now
            UserSession.objects.create_from_request(request)
        return get_response(request)

    return middleware
