"""Units without a union: their list, their page, surveys, and the way to a union."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpResponse
from django.urls import path, reverse

from gonghui.core.screens.choices import for_body
from gonghui.core.screens.panels import WORDS, Attachments, Custom, Facts
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import posted, small_form, writes

from ..actions import prospects as actions
from ..exchange import PROSPECTS
from ..filters import ProspectFilters
from ..flow import FOUNDING
from ..forms.prospects import ProspectForm, SurveyForm
from ..models import Prospect
from ..rules import PROSPECT_RULES
from ..tables import ProspectTable

WORDS |= {
    "approval": "批复文号",
    "approved_on": "批复日期",
    "full_name": "工会全称",
    "kind": "类型",
}


def surveys(prospect: Prospect, request: Any) -> dict[str, Any]:
    may = PROSPECT_RULES["edit"].allows(request.actor, prospect)
    add = reverse("organisation:prospect-survey", args=[prospect.pk])
    return {"rows": list(prospect.surveys.select_related("by")), "add_url": add if may else ""}


class ProspectScreens(Screens):
    """Units without a union, of the chosen place and below."""

    model = Prospect
    lead = "还没有工会的单位：登记、调研、筹建，批准后成为组织树里的一个工会。可以按某一天查看。"
    table = ProspectTable
    filterset = ProspectFilters
    form = ProspectForm
    rules = PROSPECT_RULES
    flow = FOUNDING
    create_capability = "organisation.write"
    export = PROSPECTS
    personal = True  # with whom one speaks there, and their telephone
    panels = (
        Facts(
            "unit", "org", "code", "sort", "industry", "workers", "women", "founded_on",
            "address", "contact", "phone", "found_on", "keeper", "union",
        ),
        Custom("调研记录", "organisation/panel_surveys.html", surveys),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "keeper", "union")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        return for_body(self, obj)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        if obj.union_id is None:
            return []
        return [("工会", reverse("organisation:org-detail", args=[obj.union_id]))]


@writes
def survey(request: Any, pk: int) -> HttpResponse:
    """Note what was found on a visit."""
    prospect = ProspectScreens(request).fetch(pk, "edit")
    form = SurveyForm(posted(request)[0])

    def act() -> None:
        actions.note_survey(prospect, by=request.actor, **form.cleaned_data)

    back = ProspectScreens.url("detail", prospect)
    return small_form(request, form, act, back=back, title="记录调研", of=prospect)


urlpatterns = [
    *ProspectScreens.urls(),
    path("prospect/<int:pk>/survey/", survey, name="prospect-survey"),
]
