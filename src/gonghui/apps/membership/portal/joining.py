"""My membership, for the phone: where I stand and how it came, applying, going to another union."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gonghui.core.access.who import person_of
from gonghui.core.people.consents import consent_texts
from gonghui.core.people.ledger import current
from gonghui.core.people.models import Scope
from gonghui.kit.errors import DomainError

from ..actions.applications import apply
from ..actions.transfers import ask_transfer
from ..flow import HANDOVER, JOINING
from ..forms.applications import ApplyForm, MyTransferForm
from ..queries.joining import open_application, why_not_apply
from ..queries.late import my_applications, my_transfers, why_not_go
from ..queries.unions import union_of


@require_safe
def membership(request: HttpRequest) -> HttpResponse:
    """Where I stand, what is under way, and the ledger entry by entry."""
    person = person_of(request)
    here = current(person)
    entries = person.ledger.select_related("org").exclude(act="revoke")  # type: ignore[attr-defined]  # our own related name
    context = {
        "person": person,
        "here": here,
        "union": union_of(here.org) if here else None,
        "may_apply": here is not None and not why_not_apply(person),
        "may_go": not why_not_go(person),
        "applications": my_applications(person),
        "transfers": my_transfers(person),
        "entries": entries.filter(revoked_by=None).order_by("-day", "-pk"),
    }
    return TemplateResponse(request, "membership/my_membership.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def joining(request: Any) -> HttpResponse:
    """Apply to join; what is on record is shown, and who has no need to apply is told so."""
    person = person_of(request)
    form = ApplyForm(request.POST if request.method == "POST" else None)
    if why := why_not_apply(person):
        return _told(request, "申请入会", why, waiting=open_application(person))
    if form.is_bound and form.is_valid():
        try:
            apply(person, by=request.actor, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "申请已送到工会，批准以后会通知您。")
            return redirect("membership:my-membership")
    known = [
        ("姓名", person.name),
        ("所在组织", person.org),
        ("申请加入", union_of(person.org)),
        ("用工形式", person.get_employment_display()),
    ]
    known = [(label, value) for label, value in known if value]
    context = {"form": form, "known": known, "text": consent_texts()[Scope.RECORD]}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "membership/my_joining.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def going(request: Any) -> HttpResponse:
    """Ask for my membership to go to another union."""
    person = person_of(request)
    if why := why_not_go(person):
        return _told(request, "转到别的工会", why)
    form = MyTransferForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            ask_transfer(person, said["to"], by=request.actor, reason=said["reason"])
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "已发起，等原工会同意、新工会接收；在此之前会籍不变。")
            return redirect("membership:my-membership")
    context = {"form": form, "union": union_of(person.org)}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "membership/my_transfer.html", context, status=status)


def _told(request: Any, title: str, why: str, **more: Any) -> HttpResponse:
    """Why there is nothing to fill in; what was posted all the same is refused."""
    context = {"title": title, "why": why, **more}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "membership/my_not_now.html", context, status=status)


@require_POST
def withdraw(request: Any, what: str, pk: int) -> HttpResponse:
    """Take back what I asked for, as long as nobody has decided."""
    person = person_of(request)
    rows, flow = {
        "application": (my_applications(person), JOINING),
        "transfer": (my_transfers(person), HANDOVER),
    }[what]
    asked = get_object_or_404(rows, pk=pk)
    try:
        flow.perform(asked, "withdraw", by=request.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("membership:my-membership")


urlpatterns = [
    path("my/", membership, name="my-membership"),
    path("my/joining/", joining, name="my-joining"),
    path("my/transfer/", going, name="my-transfer"),
    path(
        "my/application/<int:pk>/withdraw/",
        withdraw,
        {"what": "application"},
        name="application-mine-withdraw",
    ),
    path(
        "my/transfer/<int:pk>/withdraw/",
        withdraw,
        {"what": "transfer"},
        name="transfer-mine-withdraw",
    ),
]
