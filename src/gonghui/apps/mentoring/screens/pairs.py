"""Pairs: who brings on whom, how far they have come, the agreement on paper."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.core.screens.exports import Column, Export
from gonghui.core.screens.panels import Attachments, Custom, Facts, Text
from gonghui.core.screens.screens import Doors, Screens
from gonghui.kit.downloads import download
from gonghui.kit.errors import DomainError

from ..actions.pairs import pass_milestone, propose_pair
from ..filters import PairFilters
from ..flow import LIFE
from ..forms.records import PairForm
from ..forms.small import PassForm
from ..models import Pair
from ..queries.pairs import hours_of, steps_of
from ..queries.papers import TITLE, agreement_docx, agreement_pdf
from ..rules import PAIR_RULES
from ..tables import PairTable

LESSONS = 20  # of a pair's page; all are on the phone's page


def _steps(pair: Pair, request: Any) -> dict[str, Any]:
    may = PAIR_RULES["pass"].allows(request.actor, pair)
    return {"steps": steps_of(pair, timezone.localdate()), "may_pass": may, "pair": pair}


def _lessons(pair: Pair, request: Any) -> dict[str, Any]:
    rows = pair.lessons.select_related("by", "confirmed_by")  # type: ignore[attr-defined]  # our own key's other end
    return {"lessons": list(rows[:LESSONS]), "count": rows.count(), "hours": hours_of(pair)}


class PairScreens(Screens):
    """Mentors and apprentices, from the proposal to graduation."""

    model = Pair
    lead = "导师制、师带徒：谁带谁、带什么，双方在手机上同意，边带边记，到期出师。"
    table = PairTable
    filterset = PairFilters
    form = PairForm
    rules = PAIR_RULES
    flow = LIFE
    create_capability = "learning.write"
    personal = True
    export = Export(
        (
            Column("师傅", lambda pair: pair.mentor.name),
            Column("徒弟", lambda pair: pair.apprentice.name),
            Column("带教内容", lambda pair: pair.field, 24),
            Column("所属组织", lambda pair: pair.org.name, 28),
            Column("自", lambda pair: pair.since),
            Column("至", lambda pair: pair.until),
            Column("状态", lambda pair: pair.get_state_display()),
            Column("出师评定", lambda pair: pair.get_grade_display()),
        )
    )
    panels = (
        Facts(
            "mentor", "apprentice", "field", "org", "since", "until", "track", "mentor_agreed_at",
            "apprentice_agreed_at", "ended_on", "grade", "ending",
        ),
        Custom("培养目标", "mentoring/panel_steps.html", _steps),
        Custom("带教记录", "mentoring/panel_lessons.html", _lessons),
        Text("goal"),
        Text("mentor_promise"),
        Text("apprentice_promise"),
        Text("verdict"),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        rows = super().queryset()
        return rows.select_related("org", "mentor__org", "apprentice__org", "track")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}

    def actions(self, obj: models.Model) -> Doors:
        doors = [
            ("协议 Word", reverse("mentoring:pair-agreement-word", args=[obj.pk])),
            ("协议 PDF", reverse("mentoring:pair-agreement", args=[obj.pk])),
        ]
        if self.rules["either"].allows(self.actor, obj):
            doors.insert(0, ("我的记录", reverse("mentoring:my-pair", args=[obj.pk])))
        return doors

    def save(self, form: Any, verb: str, before: dict[str, Any]) -> models.Model:
        """A new pair is proposed by an action, which leaves its own entry."""
        self.acts = verb == "create"  # type: ignore[misc]  # of this screen alone
        return super().save(form, verb, before)

    def write(self, form: Any) -> models.Model:
        if form.instance.pk:
            return super().write(form)
        pair: Pair = form.save(commit=False)
        return propose_pair(pair, by=self.actor)


@require_safe
def agreement_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement to change and sign; what is not filled in stands there as 待填."""
    pair = PairScreens(request).fetch(pk)
    return download(agreement_docx(pair, timezone.localdate()), f"{pair}{TITLE}", "docx")


@require_safe
def agreement_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The same to print."""
    pair = PairScreens(request).fetch(pk)
    return download(agreement_pdf(pair, timezone.localdate()), f"{pair}{TITLE}", "pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def pass_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Find that the apprentice reached a milestone."""
    asker: Any = request
    pair = PairScreens(request).fetch(pk, "pass")
    steps = [one for one in steps_of(pair, timezone.localdate()) if one.is_open]
    asked = request.GET.get("milestone", "")
    form = PassForm(request.POST if request.method == "POST" else None, steps=steps, asked=asked)
    if form.is_bound and form.is_valid():
        try:
            pass_milestone(pair, by=asker.actor, **form.cleaned_data)
            return redirect(pair_page(asker.actor, pair))
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {"pair": pair, "form": form, "back": pair_page(asker.actor, pair), "steps": steps}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "mentoring/pass.html", context, status=status)


def pair_page(actor: Any, pair: Pair) -> str:
    """The desk's page for officers, the phone's for the two."""
    if PAIR_RULES["keep"].allows(actor, pair):
        return PairScreens.url("detail", pair)
    return reverse("mentoring:my-pair", args=[pair.pk])


urlpatterns: list[URLPattern] = [
    *PairScreens.urls(),
    path("pair/<int:pk>/agreement/", agreement_paper, name="pair-agreement"),
    path("pair/<int:pk>/agreement/word/", agreement_word, name="pair-agreement-word"),
    path("pair/<int:pk>/pass/", pass_one, name="pair-pass"),
]
