"""Export of a list exactly as shown: the same rows, in the same order, as a sheet or a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gonghui.core.jobs.models import Job
from gonghui.core.jobs.running import page_of, start, start_now

from .asked import Listed, asked, home_of, ordered, title_of

Writer = Callable[[str, Sequence["Column"], Any], HttpResponse]
WriterInto = Callable[[IO[bytes], str, Sequence["Column"], Any, str], None]
KINDS = {"xlsx": "导出 Excel", "pdf": "导出 PDF"}
PERSON = "people.person"
AT_ONCE = 2000  # rows a person waits for; more are written in the background
# Filled at start-up: sheets by this part, papers by core.documents, which lies above it.
writers: dict[str, Writer] = {}
writers_into: dict[str, WriterInto] = {}


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its head, how a row fills it, and how wide it is in characters."""

    label: str
    value: Callable[[Any], Any]
    width: int = 16


@dataclass(frozen=True)
class Export:
    """The columns a list is written out with."""

    columns: tuple[Column, ...]


def export_links(request: HttpRequest) -> list[dict[str, str]]:
    """One link a kind; each keeps the filters of the list as shown."""
    found = []
    for kind, label in KINDS.items():
        query = request.GET.copy()
        query["export"] = kind
        query.pop("page", None)
        found.append({"label": label, "url": f"?{query.urlencode()}"})
    return found


def names_people(model: type[models.Model]) -> bool:
    """Whether its records say who: a list of them is written out for a purpose only."""
    relations = (field.related_model for field in model._meta.get_fields() if field.concrete)
    return any(other and other._meta.label_lower == PERSON for other in relations)


class PurposeForm(forms.Form):
    """What a list with people's data is needed for; it is printed on the list and kept."""

    purpose = forms.CharField(
        label="用途",
        min_length=4,
        max_length=100,
        help_text="会印在名单上，并记入历史。例如：报上级工会核对会员人数。",
        error_messages={"required": "请写明用途。", "min_length": "请把用途写具体一些。"},
    )


def exported(screens: Listed, kind: str) -> HttpResponse:
    """Write out at once what is short and tells nothing of people; ask first for the rest."""
    if kind not in writers:
        raise Http404
    rows = ordered(screens)
    count = rows.count()
    title = title_of(screens)
    if not screens.personal and count <= AT_ONCE:
        return writers[kind](title, screens.columns.exported(), rows.iterator(chunk_size=2000))
    posted = screens.request.method == "POST"
    form = PurposeForm(screens.request.POST if posted else None) if screens.personal else None
    if posted and (form is None or form.is_valid()):
        purpose = form.cleaned_data["purpose"] if form else ""
        return _begun(screens, kind, title, purpose, small=count <= AT_ONCE)
    back = screens.request.GET.copy()
    back.pop("export", None)
    page: HttpResponse = screens.page(
        "export",
        status=422 if posted else 200,
        form=form,
        count=count,
        title=f"{KINDS[kind]}：{title}",
        back=f"{screens.request.path}?{back.urlencode()}",
        at_once=count <= AT_ONCE,
    )
    return page


def _begun(screens: Listed, kind: str, title: str, purpose: str, *, small: bool) -> HttpResponse:
    """A job writes it, so that there is one place where exports of people's data are kept."""
    ask = start_now if small else start
    job: Job = ask(
        "lists.export",
        by=screens.actor,
        org=home_of(screens),
        title=f"导出{title}",
        **asked(screens),
        format=kind,
        name=title,
        purpose=purpose,
    )
    if not small:
        messages.success(screens.request, "已开始导出。您可以先做别的，办完后会收到消息。")
    return redirect(page_of(job))
