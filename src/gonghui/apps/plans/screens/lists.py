"""The tasks of a place looked at across its plans: mine, late, by owner, by area, by month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.core.screens.exports import export_links, writers
from gonghui.kit.counting import count_all, count_prepared

from ..exchange import ENTRIES, GROUPS
from ..models import Area, Item
from ..queries.desk import owned_by
from ..queries.helping import helped_by
from ..queries.views import by_due, counted_by, with_turns
from .items import ItemScreens, tabs
from .month_look import entries_of, month_context

GROUPS_A_PAGE = 30


class MyTasks(ItemScreens):
    """What I answer for or help with, wherever it is; what is finished only when asked for."""

    title = "我的任务"
    lead = "由您负责或协助的任务，快到期的在前。"
    create_capability = ""

    def listed(self) -> models.QuerySet[Any]:
        if self.actor.person is None:
            return Item.objects.none()
        own = owned_by(self.actor) | Q(pk__in=helped_by(self.actor))
        rows: Any = self.visible()
        rows = rows.tasks().filter(own)
        rows = rows if self.request.GET.get("state") else rows.unfinished()
        return by_due(with_turns(rows))


class Overdue(ItemScreens):
    """What should have been done by now, the oldest first."""

    title = "逾期任务"
    lead = "已经过了期限还没有办完的任务，最久的在前。"
    create_capability = ""

    def listed(self) -> models.QuerySet[Any]:
        rows: Any = super().listed()
        return rows.overdue(timezone.localdate())  # type: ignore[no-any-return]  # a queryset


@dataclass(frozen=True)
class Group:
    """The tasks of one owner or one area in numbers, each the door to what it counts."""

    label: str
    total: int
    done: int
    late: int
    undated: int
    url: str

    @property
    def share(self) -> float | None:
        return self.done / self.total if self.total else None


def _owner(row: dict[str, Any]) -> tuple[str, str]:
    if row["owner"]:
        return row["owner__name"], f"{row['owner__name']} #{row['owner']}"
    if row["owner_org"]:
        name = row["owner_org__short_name"] or row["owner_org__name"]
        return name, f"{name} @{row['owner_org']}"
    return "没有责任人", "无"


def _area(row: dict[str, Any]) -> tuple[str, str]:
    return (Area(row["area"]).label, row["area"]) if row["area"] else ("未归类", "none")


@dataclass(frozen=True)
class Grouping:
    """By what the tasks are counted, and how a group is named and asked for."""

    title: str
    lead: str
    names: tuple[str, ...]
    param: str
    named: Callable[[dict[str, Any]], tuple[str, str]]


BY_OWNER = Grouping(
    "按责任人",
    "每个人、每个组织手里有多少任务，办到哪里。点数字看是哪些。",
    ("owner", "owner__name", "owner_org", "owner_org__name", "owner_org__short_name"),
    "owner",
    _owner,
)
BY_AREA = Grouping(
    "按工作方面", "每个方面有多少任务，办到哪里。点数字看是哪些。", ("area",), "area", _area
)


def _grouped(grouping: Grouping) -> Any:
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        screens = ItemScreens(request)
        filterset = screens.filterset(request.GET, queryset=screens.listed(), request=request)
        counted = counted_by(filterset.qs, timezone.localdate(), *grouping.names)
        rows = counted.order_by("-late", "-total", grouping.names[0])
        kept = request.GET.copy()
        for name in (grouping.param, "page", "export"):
            kept.pop(name, None)
        if (kind := request.GET.get("export", "")) in writers:
            groups = (_group(row, grouping, kept) for row in rows)
            return writers[kind](f"任务{grouping.title}", GROUPS, groups)
        page = Paginator(rows, GROUPS_A_PAGE).get_page(request.GET.get("page"))
        context = {
            "grouping": grouping,
            "page": page,
            "groups": [_group(row, grouping, kept) for row in page],
            "filterset": filterset,
            "tabs": tabs(request, screens.actor),
            "exports": export_links(request),
        }
        return _answer(request, "plans/item_groups.html", context)

    return view


def _group(row: dict[str, Any], grouping: Grouping, kept: Any) -> Group:
    label, asked = grouping.named(row)
    # What is dropped is not counted, so the door leaves it out as well.
    said = {"state": "kept"} | {name: value for name, value in kept.items() if value}
    query = urlencode([*said.items(), (grouping.param, asked)])
    url = f"{reverse('plans:item-list')}?{query}"
    return Group(label, row["total"], row["done"], row["late"], row["undated"], url)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """All tasks of the place in one month."""
    screens, today = ItemScreens(request), timezone.localdate()
    key = screens._key()
    rows: Any = SimpleLazyObject(lambda: screens.found[1])
    found = month_context(rows, request, (today.year, today.month), key)
    kind = request.GET.get("export", "")
    if kind in writers:
        month = found["month"]
        return writers[kind](f"{month.year} 年 {month.month} 月任务", ENTRIES, entries_of(found))

    def undated() -> dict[str, models.QuerySet[Any]]:
        return {"undated": rows.filter(due_on=None).unfinished()}

    context = {
        "filterset": SimpleLazyObject(lambda: screens.found[0]),
        "list_key": key,
        "found": found,
        "undated_count": _counted(key, undated),
        "undated_url": f"{reverse('plans:item-list')}?due=undated",
        "tabs": SimpleLazyObject(partial(tabs, request, screens.actor)),
        "exports": SimpleLazyObject(partial(export_links, request)),
    }
    return _answer(request, "plans/item_calendar.html", context)


def _counted(key: Any, ask: Callable[[], dict[str, models.QuerySet[Any]]]) -> int:
    found = count_all(**ask()) if key is None else count_prepared((key, "undated"), ask)
    return found["undated"]


def _answer(request: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or only its rows for a filter that answers as one types."""
    fragment = "#rows" if request.htmx and not request.htmx.boosted else ""
    response = TemplateResponse(request, template + fragment, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _list(screens: type[ItemScreens]) -> Any:
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        return screens(request).list()

    return view


urlpatterns: list[URLPattern] = [
    path("mine/", _list(MyTasks), name="my-tasks"),
    path("overdue/", _list(Overdue), name="overdue"),
    path("by-owner/", _grouped(BY_OWNER), name="by-owner"),
    path("by-area/", _grouped(BY_AREA), name="by-area"),
    path("calendar/", calendar, name="calendar"),
]
