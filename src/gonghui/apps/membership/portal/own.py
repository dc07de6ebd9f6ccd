"""My own record: all of it, who looked at it, what I agreed to, my corrections, my download."""

from __future__ import annotations

import json
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZipFile

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.access.who import person_of
from gonghui.core.documents.outbound.docx import OfficialPaper
from gonghui.core.files.models import Attachment
from gonghui.core.people.consents import consent_texts
from gonghui.core.people.models import Person, Scope
from gonghui.core.people.own import Rows
from gonghui.core.people.tags import words_on
from gonghui.kit.downloads import download, plain_name, stream
from gonghui.kit.errors import DomainError
from gonghui.kit.sheets import Column, write_xlsx

from ..actions import privacy as actions
from ..forms.record import CorrectionForm, WhichForm
from ..queries.own import own_data, own_files, own_record
from ..queries.privacy import consents_of, corrections_of, looks_at, name_of
from ..queries.record import CORRECTABLE, facts_of, sealed_of
from ..queries.retirement import retirements_of

RECENT = 20
IN_MEMORY = 5 * 1024 * 1024  # bytes of a packed download before it goes to the disk


def _me(request: Any) -> Person:
    """Whoever is logged in as a person; an account without one has no record."""
    return own_record(person_of(request))


@never_cache
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My record; POST opens the sealed fields, which are mine to see."""
    person = _me(request)
    opened = request.method == "POST"
    context = {
        "person": person,
        "facts": [(line.label, line.value) for line in facts_of(person)]
        + _tagged(person, request)
        + _retiring(person),
        "sealed": [(line.label, line.value) for line in sealed_of(person, opened=opened)],
        "opened": opened,
        "consents": consents_of(person),
        "corrections": [(one, name_of(one.field)) for one in corrections_of(person)[:RECENT]],
        "looks": [(one, name_of(one.field)) for one in looks_at(person)[:RECENT]],
        "which": WhichForm(),
    }
    return TemplateResponse(request, "membership/own.html", context)


def _tagged(person: Person, request: Any) -> list[tuple[str, str]]:
    said = words_on(person, timezone.localdate(), request.actor)
    return [("标签", "、".join(said))] if said else []


def _retiring(person: Person) -> list[tuple[str, str]]:
    found = retirements_of(person, timezone.localdate())
    return [(one.label, one.words) for one in found]


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, scope: str) -> HttpResponse:
    """Read a text, agree to it or take the agreement back."""
    person = _me(request)
    if scope not in consent_texts():
        raise Http404
    if request.method == "POST":
        _decide(request, person, Scope(scope))
        return redirect("membership:own")
    asked = next(one for one in consents_of(person) if one.text.scope == scope)
    context = {"asked": asked, "back": reverse("membership:own")}
    return TemplateResponse(request, "membership/consent.html", context)


def _decide(request: Any, person: Person, scope: Scope) -> None:
    try:
        if request.POST.get("act") == "withdraw":
            actions.withdraw_consent(person, scope, by=request.actor)
            messages.success(request, "已撤回同意。")
        else:
            actions.give_consent(person, scope, by=request.actor)
    except DomainError as error:
        messages.error(request, error.sentence)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Ask to have one field of my record changed."""
    asker: Any = request
    person = _me(request)
    name = str(request.GET.get("field", ""))
    if name not in CORRECTABLE:
        return redirect("membership:own")
    form = CorrectionForm(request.POST or None, name=name)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_correction(person, name, by=asker.actor, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "已提交，工会核实后会更正。")
            return redirect("membership:own")
    context = {"form": form, "back": reverse("membership:own")}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "membership/correct.html", context, status=status)


@never_cache
@sensitive_variables()
@require_POST
def download_own(request: HttpRequest, kind: str) -> HttpResponseBase:
    """All that is kept of me: to read, for a sheet, for a machine, or with the files."""
    asker: Any = request
    person = _me(request)
    if kind not in actions.KINDS:
        raise Http404
    data = own_data(person, asker.actor)
    actions.downloaded(person, kind, by=asker.actor)
    name = f"我的资料-{timezone.localdate():%Y%m%d}"
    if kind == "json":
        return download(_for_machines(data), name, kind)
    if kind == "zip":
        return stream(_with_files(person, data, own_files(person, asker.actor)), name, kind)
    if kind == "docx":
        return download(_to_read(person, data), name, kind)
    rows = [(part, *row) for part, found in data.items() for row in found]
    columns = [Column("部分", 14), Column("内容", 24), Column("值", 60)]
    return download(write_xlsx("我的资料", columns, rows), name, kind)


def _for_machines(data: dict[str, Rows]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _with_files(
    person: Person, data: dict[str, Rows], files: list[tuple[Attachment, models.Model]]
) -> IO[bytes]:
    """The paper, the same for machines, and every file under a number and its name."""
    packed: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # the response closes it
    with ZipFile(packed, "w") as box:
        box.writestr("我的资料.docx", _to_read(person, data))
        box.writestr("我的资料.json", _for_machines(data))
        for number, (one, _) in enumerate(files, 1):
            with (
                one.file.open() as kept,
                box.open(f"附件/{number:03}-{plain_name(one.name)}", "w") as put,
            ):
                copyfileobj(kept, put)
    packed.seek(0)
    return packed


def _to_read(person: Person, data: dict[str, Rows]) -> bytes:
    """A paper with a table to each part that says something."""
    paper = OfficialPaper(f"{person}的资料")
    paper.paragraph(f"{person.org} {timezone.localdate():%Y-%m-%d} 保存的全部内容，由本人下载。")
    for part, rows in data.items():
        if rows:
            paper.heading(part, 1)
            paper.table(("内容", "记录"), [(label, str(value)) for label, value in rows], (2, 5))
    return paper.to_bytes()


urlpatterns: list[URLPattern] = [
    path("own/", mine, name="own"),
    path("own/consent/<slug:scope>/", consent, name="own-consent"),
    path("own/correct/", correct, name="own-correct"),
    path("own/download/<slug:kind>/", download_own, name="own-download"),
]
