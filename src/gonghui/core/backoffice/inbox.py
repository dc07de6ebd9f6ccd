"""The inbox of the person at the screen: a list, a door to each matter, and all read at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from gonghui.core.access.who import person_of
from gonghui.core.notices.inbox import inbox_of, kinds, mark_all_read, mark_read
from gonghui.core.people.models import Person

PAGE = 25


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Newest first; ``kind`` and ``unread`` narrow the list and stand in the address."""
    person = person_of(request)
    kind, unread = request.GET.get("kind", ""), "unread" in request.GET
    notices = inbox_of(person)
    if kind:
        notices = notices.filter(kind=kind)
    if unread:
        notices = notices.filter(read_at=None)
    page = Paginator(notices, PAGE).get_page(request.GET.get("page"))
    tabs = _tabs(person, kind, unread=unread)
    context = {
        "page": page,
        "rows": [(notice, _word(notice.kind)) for notice in page],
        "tabs": tabs,
        "kind": kind,
        "unread": tabs[1]["count"],
    }
    return TemplateResponse(request, "inbox/list.html", context)


@require_GET
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read and go to what it is about; somebody else's notice does not exist."""
    notice = get_object_or_404(inbox_of(person_of(request)), pk=pk)
    mark_read(notice)
    # An address we wrote ourselves; still, no notice may ever lead outside.
    if notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    context = {"notice": notice, "word": _word(notice.kind)}
    return TemplateResponse(request, "inbox/notice.html", context)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything read, or one kind of it."""
    kind = request.POST.get("kind", "")
    count = mark_all_read(person_of(request), kind=kind)
    messages.success(request, f"{count} 条消息已标为已读。" if count else "没有未读的消息。")
    return redirect(f"{reverse('inbox:list')}?kind={kind}" if kind in kinds else "inbox:list")


def _word(kind: str) -> str:
    return dict(kinds.items()).get(kind, "其他")


def _tabs(person: Person, kind: str, *, unread: bool) -> list[dict[str, Any]]:
    """All, unread, and each kind this person ever got, in one query."""
    base = reverse("inbox:list")
    counts = inbox_of(person).order_by().values("kind")
    fresh = {
        row["kind"]: row["fresh"] for row in counts.annotate(fresh=Count("pk", Q(read_at=None)))
    }
    tabs = [
        {"label": "全部", "url": base, "current": not kind and not unread, "count": 0},
        {
            "label": "未读",
            "url": f"{base}?unread",
            "current": unread and not kind,
            "count": sum(fresh.values()),
        },
    ]
    known = [name for name, _ in kinds.items() if name in fresh]
    tabs += [
        {
            "label": kinds[name],
            "url": f"{base}?kind={name}",
            "current": kind == name,
            "count": fresh[name],
        }
        for name in known
    ]
    return tabs
