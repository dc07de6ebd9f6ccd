"""Hours that were earned: the officer's list, a person's page, the member's own page."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from gonghui.core.credits.kinds import kind_choices, kinds
from gonghui.core.credits.models import Credit
from gonghui.core.credits.queries import credits_of, totals
from gonghui.core.credits.rules import CREDIT_RULES
from gonghui.core.people.models import Person
from gonghui.core.screens.exports import Column, Export
from gonghui.core.screens.panels import Custom, Facts, plug
from gonghui.core.screens.screens import Screens
from gonghui.kit.amounts import plain

from ..queries.certificates import own_certificates

LATEST = 5  # shown on a person's page
PAGE = 50


class CreditFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    kind = filters.ChoiceFilter(label="类别", choices=kind_choices, empty_label="不限")
    role = filters.ChoiceFilter(label="身份", choices=Credit.Role.choices, empty_label="不限")
    year = filters.NumberFilter(label="年度", method="of_year")

    class Meta:
        model = Credit
        fields: tuple[str, ...] = ()

    def of_year(self, rows: QuerySet[Credit], name: str, value: Any) -> QuerySet[Credit]:
        return rows.filter(on__year=int(value)) if 1900 < value < 2200 else rows.none()


class CreditTable(tables.Table):
    person = tables.Column(order_by=("person__pinyin", "pk"))
    words = tables.Column(
        linkify=("records:credit-detail", {"pk": tables.A("pk")}), order_by=("words", "pk")
    )
    kind = tables.Column(order_by=("kind", "-on", "pk"))
    on = tables.Column(order_by=("on", "pk"))
    amount = tables.Column(order_by=("amount", "pk"))

    class Meta:
        model = Credit
        fields = ("person", "words", "kind", "role", "amount", "on")
        caption = "学时记录"

    def render_kind(self, record: Credit) -> str:
        return kinds[record.kind].label

    def render_amount(self, record: Credit) -> str:
        return _amount(record)

    def render_on(self, record: Credit) -> str:
        return f"{record.on:%Y-%m-%d}"


def _amount(credit: Credit) -> str:
    return f"{plain(credit.amount)} {credit.get_unit_display()}"


class CreditScreens(Screens):
    """What people of the chosen place's activities earned; it follows the records by itself."""

    model = Credit
    lead = "活动完成记录时按签到和时长自动记入；要更正，请改活动的签到或记录。"
    namespace = "records"
    table = CreditTable
    filterset = CreditFilters
    rules = CREDIT_RULES
    personal = True
    export = Export(
        (
            Column("姓名", lambda one: one.person.name),
            Column("事项", lambda one: one.words, 40),
            Column("类别", lambda one: kinds[one.kind].label),
            Column("身份", lambda one: one.get_role_display()),
            Column("数量", lambda one: one.amount, 10),
            Column("单位", lambda one: one.get_unit_display(), 8),
            Column("日期", lambda one: one.on, 12),
            Column("举办组织", lambda one: one.org.name, 30),
        )
    )
    panels = (Facts("person", "words", "role", "amount", "unit", "on", "org", "confirmed_by"),)

    def queryset(self) -> QuerySet[Any]:
        return Credit.objects.standing().select_related("org", "person", "confirmed_by")


def _earned(person: Person, request: Any) -> dict[str, Any]:
    """Sums and the latest of a person, as far as the reader may see them."""
    rows = CREDIT_RULES["view"].narrow(credits_of(person), request.actor)
    latest = [(one, kinds[one.kind].label, _amount(one)) for one in rows[:LATEST]]
    return {"latest": latest, "totals": totals(rows) if latest else []}


plug("people.person", Custom("学时记录", "records/panel_credits.html", _earned, part="learning"))


@require_safe
def own_credits(request: HttpRequest) -> HttpResponse:
    """The member's own hours, by kind and one by one."""
    asker: Any = request
    rows = credits_of(asker.actor.person) if asker.actor.person else Credit.objects.none()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [(one, kinds[one.kind].label, _amount(one)) for one in page.object_list]
    papers = own_certificates(asker.actor.person)[:PAGE] if asker.actor.person else []
    context = {"page": page, "lines": lines, "totals": totals(rows), "papers": papers}
    return TemplateResponse(request, "records/portal_credits.html", context)


urlpatterns: list[URLPattern] = [
    *CreditScreens.urls(),
    path("portal/credits/", own_credits, name="portal-credits"),
]
