"""The pages of an import: hand in, watch, check, decide, write, take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gonghui.core.documents.inbound.refusals import Unreadable
from gonghui.core.history.trail import record
from gonghui.core.screens.panels import Custom
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import Screens
from gonghui.kit.downloads import download
from gonghui.kit.errors import DomainError

from . import actions, papers
from .forms import HandInForm
from .kinds import Kind, kinds
from .models import Batch
from .rules import BATCH_RULES
from .shown import batch_panel, rows_panel


class BatchTable(tables.Table):
    name = tables.Column(linkify=("exchange:batch-detail", {"pk": tables.A("pk")}), orderable=False)
    kind = tables.Column(orderable=False)
    counts = tables.Column("内容", orderable=False)
    made_at = tables.Column(orderable=False)

    class Meta:
        model = Batch
        fields = ("name", "kind", "org", "stage", "counts", "by", "made_at")
        caption = "导入"

    def render_kind(self, value: str) -> str:
        return kinds[value].label if value in kinds else value

    def render_counts(self, value: dict[str, int]) -> str:
        return f"{sum(value.values())} 行" if value else "—"


class BatchScreens(Screens):
    """Imports: every list that was handed in, what came of it, and the way back."""

    model = Batch
    namespace = "exchange"
    lead = "从 Excel 导入的每一批名单：核对、写入，写错了还能整批撤销。"
    table = BatchTable
    rules = BATCH_RULES
    panels = (
        Custom("", "exchange/panel_batch.html", batch_panel),
        Custom("", "exchange/panel_rows.html", rows_panel),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "by", "job", "corrects")


def _kind(code: str) -> Kind:
    kind = kinds.get(code)
    if kind is None:
        raise Http404
    return kind


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a file or paste cells; it is read in the background."""
    asker: Any = request
    kind = _kind(code)
    if not asker.actor.can(kind.capability):
        raise Http404
    posted = request.method == "POST"
    data = (request.POST, request.FILES) if posted else (None, None)
    about = _about(request, kind)
    place = getattr(about, "org", None) or place_of(request).org
    form = HandInForm(*data, actor=asker.actor, kind=kind, initial={"org": place})
    if posted and form.is_valid():
        try:
            return redirect(BatchScreens.url("detail", _handed_in(request, kind, form, about)))
        except (Unreadable, DomainError) as error:
            form.add_error(None, error.sentence)
    context = {"kind": kind, "form": form, "corrects": _corrected(request, kind), "about": about}
    context["name"], context["back"] = kind.page_of(about)
    status = 422 if form.errors else 200
    return TemplateResponse(request, "exchange/hand_in.html", context, status=status)


def _about(request: Any, kind: Kind) -> models.Model | None:
    """The record the address names, for a kind of list that is always for one."""
    if kind.about is None:
        return None
    found = kind.about(request.actor, _number(request.GET.get("about"), 0))
    if found is None:
        raise Http404
    return found


def _handed_in(request: Any, kind: Kind, form: HandInForm, about: models.Model | None) -> Batch:
    given = form.cleaned_data
    more = {"by": request.actor, "corrects": _corrected(request, kind), "about": about}
    if given["file"]:
        return actions.hand_in(kind, given["org"], given["file"], name=given["file"].name, **more)
    return actions.paste(kind, given["org"], given["text"], **more)


def _corrected(request: Any, kind: Kind) -> Batch | None:
    """The batch whose refused rows are handed in again, if the address names one."""
    said = request.GET.get("corrects", "")
    if not said.isdigit():
        return None
    rows = Batch.objects.filter(pk=int(said), kind=kind.code)
    return BATCH_RULES["view"].narrow(rows, request.actor).first()


@require_GET
def template(request: HttpRequest, code: str) -> HttpResponse:
    asker: Any = request
    kind = _kind(code)
    if not asker.actor.can(kind.capability):
        raise Http404
    return download(papers.template(kind), f"{kind.label}模板", "xlsx")


@require_GET
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were not taken, with the reasons, to be corrected and handed in again."""
    screens = BatchScreens(request)
    batch = screens.fetch(pk)
    if batch.is_at_work or not batch.head:
        messages.error(request, "这一批还在办理，请稍候再下载。")
        return redirect(screens.url("detail", batch))
    record(batch, "fetch_wrong", by=screens.actor)
    return download(papers.refused_rows(batch), f"{batch.name.rsplit('.', 1)[0]} 有错的行", "xlsx")


Act = Callable[[Batch, Any], object]


def _step(act: Act) -> Callable[..., HttpResponse]:
    """A POST that does something with a batch and comes back to its page."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        screens = BatchScreens(request)
        batch = screens.fetch(pk)
        try:
            act(batch, request)
        except (Unreadable, DomainError) as error:
            messages.error(request, error.sentence)
        back = screens.url("detail", batch)
        asked = request.POST.get("back", "")
        return redirect(back + (f"?{asked}" if asked else ""))

    return require_POST(view)


def _assign(batch: Batch, request: Any) -> None:
    given = request.POST
    count = len(batch.head.get("labels", ()))
    actions.assign_columns(
        batch,
        sheet=_number(given.get("sheet"), batch.head.get("sheet", 0)),
        last_line=_number(given.get("last_line"), batch.head.get("last_line", 1)),
        fields=[given.get(f"field_{at}", "") for at in range(count)],
        by=request.actor,
    )


def _decide(batch: Batch, request: Any) -> None:
    if request.POST.get("line"):
        line = _number(request.POST["line"], 0)
        actions.decide(batch, line, request.POST.get("decision", ""), by=request.actor)
        return
    count, left = actions.decide_all(batch, request.POST.get("decision", ""), by=request.actor)
    messages.success(request, f"已按您的选择处理 {count} 行。")
    if left:
        messages.error(request, f"有 {left} 行不能一起定：一行对得上几个，或几行对得上同一个。")


def _number(said: Any, otherwise: int) -> int:
    return int(said) if str(said or "").isdigit() else otherwise


assign = _step(_assign)
decide = _step(_decide)
match = _step(lambda b, r: actions.match_by(b, r.POST.get("key", ""), by=r.actor))
commit = _step(lambda b, r: actions.commit(b, r.POST.get("rule", ""), by=r.actor))
undo = _step(lambda b, r: actions.undo(b, by=r.actor))
drop = _step(lambda b, r: actions.drop(b, by=r.actor))
go_on = _step(lambda b, r: actions.go_on(b, by=r.actor))


def start_url(code: str) -> str:
    return reverse("exchange:hand-in", args=[code])
