"""My own account: what it is, where it is logged in, and the way out of each."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Grant
from gonghui.core.history.trail import record

# What a browser says of itself, most telling first, in a person's words.
PROGRAMS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "安卓手机"),
    ("HarmonyOS", "鸿蒙手机"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "Mac 电脑"),
    ("Linux", "Linux 电脑"),
)


def device(user_agent: str) -> str:
    """``Windows 电脑，Edge`` instead of the line a browser sends."""
    named = [
        next((word for mark, word in kinds if mark in user_agent), "")
        for kinds in (MACHINES, PROGRAMS)
    ]
    return "，".join(filter(None, named)) or "未知设备"


class AccountView(ListUserSessionsView):  # type: ignore[misc]  # allauth has no types
    """My account with its sessions; POST ends all the others."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = device(session.user_agent)
        person = self.request.user.person
        grants = Grant.objects.filter(person=person).select_related("role", "org")
        return context | {"person": person, "grants": grants}


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of my sessions; somebody else's does not exist for me."""
    get_object_or_404(UserSession, pk=pk, user=request.user).end()
    return redirect("usersessions_list")


@receiver(password_changed)
def keep_password_change(request: Any, user: Any, **kwargs: Any) -> None:
    """The history says that a password was changed, never to what."""
    if user.person:
        record(user.person, "password", by=Actor(user.person))
