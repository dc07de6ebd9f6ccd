"""Bookrooms: what each is, what its records hold, what the standards find missing."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import URLPattern, reverse
from django.utils import timezone

from gonghui.core.regulations.standards import standard
from gonghui.core.screens.panels import Attachments, Custom, Facts, Text
from gonghui.core.screens.screens import Doors, Screens

from ..filters import BookroomFilters
from ..forms.rooms import BookroomForm
from ..models import Bookroom
from ..queries.figures import asked_of, holdings
from ..rules import BOOKROOM_RULES
from ..tables import BookroomTable


def _holds(room: Bookroom, request: Any) -> dict[str, Any]:
    """Every figure is a door to its records, for who may open them."""
    day = timezone.localdate()
    found = holdings([room], day)[room.pk]
    keeps = BOOKROOM_RULES["keep"].allows(request.actor, room)
    at = f"?org={room.org_id}&scope=own&room={room.pk}"
    loans = reverse("reading:loan-list") + at if keeps else ""
    books = reverse("reading:book-list") + at
    readers = f"{found.readers} 人借过" if found.loans else ""
    return {"holds": found, "loans_url": loans, "books_url": books, "readers_note": readers}


def _asked(room: Bookroom, request: Any) -> dict[str, Any]:
    """The standards of this room's body, each met, missed or not filled in."""
    day = timezone.localdate()
    holds = holdings([room], day)[room.pk]
    return {"lines": asked_of(room, holds, lambda key: standard(key, org=room.org, day=day))}


class BookroomScreens(Screens):
    """Workers' bookrooms and reading stations, their figures and what they lack."""

    model = Bookroom
    lead = "职工书屋和阅读站点：在哪里、什么时候开、谁管、有多少书、借了多少。"
    table = BookroomTable
    filterset = BookroomFilters
    form = BookroomForm
    rules = BOOKROOM_RULES
    create_capability = "learning.write"
    panels = (
        Custom("藏书和借阅", "reading/panel_holds.html", _holds),
        Facts(
            "kind", "org", "place", "hours", "keeper", "area", "seats", "periodicals", "terminals",
            "open_days", "open_hours", "has_rules", "level", "is_open",
        ),
        Custom("建设标准", "reading/panel_asked.html", _asked),
        Text("note"),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "keeper")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}

    def actions(self, obj: models.Model) -> Doors:
        if not self.rules["keep"].allows(self.actor, obj):
            return []
        doors = [
            ("借还台", reverse("reading:bookroom-desk", args=[obj.pk])),
            ("登记新书", reverse("reading:bookroom-add", args=[obj.pk])),
        ]
        if self.rules["edit"].allows(self.actor, obj):
            url = reverse("exchange:hand-in", args=["books"])
            doors.append(("导入图书", f"{url}?about={obj.pk}"))
        return doors


urlpatterns: list[URLPattern] = [*BookroomScreens.urls()]
