"""The desk of a bookroom: lend, take back, who has what; and the list of all loans."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.screens.exports import Column, Export
from gonghui.core.screens.panels import Facts
from gonghui.core.screens.screens import Screens
from gonghui.kit.dates import full_day
from gonghui.kit.errors import DomainError

from ..actions.lending import give_back, lend, renew
from ..filters import LoanFilters
from ..forms.books import LendForm, ReturnForm
from ..models import Bookroom, Loan
from ..queries.books import kept_at, kept_for, loan_of, loans_at
from ..rules import LOAN_RULES
from ..tables import LoanTable
from .rooms import BookroomScreens

SHOWN = 100  # loans on the desk; the list has all


class LoanScreens(Screens):
    """Loans: mine, and those of the bookrooms one keeps."""

    model = Loan
    lead = "谁借了什么、什么时候应还；读者的借阅只有本人和管理员看得到。"
    table = LoanTable
    filterset = LoanFilters
    rules = LOAN_RULES
    personal = True
    export = Export(
        (
            Column("书名", lambda loan: loan.book.title, 30),
            Column("登录号", lambda loan: str(loan.copy), 10),
            Column("读者", lambda loan: loan.reader.name),
            Column("所在组织", lambda loan: loan.reader.org.name, 28),
            Column("借出日期", lambda loan: loan.lent_on),
            Column("应还日期", lambda loan: loan.due_on),
            Column("归还日期", lambda loan: loan.returned_on),
        )
    )
    panels = (
        Facts(
            "book", "copy", "reader", "org", "lent_on", "due_on", "renewals", "returned_on",
            "read_on", "lent_by",
        ),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        rows = super().queryset()
        return rows.select_related("org", "book", "copy", "reader__org", "lent_by")


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Two forms, and what is out; either works with a code reader or by hand."""
    room = BookroomScreens(request).fetch(pk, "keep")
    act = request.POST.get("act", "")
    lending = LendForm(request.POST if act == "lend" else None, room=room, prefix="lend")
    coming = ReturnForm(request.POST if act == "return" else None, room=room, prefix="return")
    if act == "lend" and lending.is_valid() and _lend(request, lending):
        return redirect("reading:bookroom-desk", pk)
    if act == "return" and coming.is_valid() and _return(request, coming):
        return redirect("reading:bookroom-desk", pk)
    status = 422 if lending.is_bound or coming.is_bound else 200
    context = {"room": room, "lending": lending, "coming": coming, **_out(room)}
    return TemplateResponse(request, "reading/desk.html", context, status=status)


def _out(room: Bookroom) -> dict[str, Any]:
    day = timezone.localdate()
    loans = list(loans_at(room)[:SHOWN])
    return {
        "late": [one for one in loans if one.due_on < day],
        "out": [one for one in loans if one.due_on >= day],
        "count": loans_at(room).count(),
        "kept": list(kept_at(room)[:SHOWN]),
    }


def _lend(request: Any, form: LendForm) -> bool:
    said = form.cleaned_data
    try:
        loan = lend(said["copy"], said["reader"], by=request.actor, day=timezone.localdate())
    except DomainError as error:
        form.add_error(None, error.sentence)
        return False
    words = f"{loan.reader}借了{loan.book}（{loan.copy}），{full_day(loan.due_on)}到期。"
    messages.success(request, words)
    return True


def _return(request: Any, form: ReturnForm) -> bool:
    copy = form.cleaned_data["number"]
    loan = loan_of(copy)
    if loan is None:
        form.add_error("number", f"{copy.book}（{copy}）没有借出。")
        return False
    _take(request, loan)
    return True


def _take(request: Any, loan: Loan) -> None:
    try:
        back = give_back(loan, by=request.actor, day=timezone.localdate())
    except DomainError as error:
        messages.error(request, error.sentence)
        return
    messages.success(request, f"{back.book}（{back.copy}）已收回，{back.reader}。")
    kept = kept_for(back.copy)
    if kept is not None and kept.kept_until:
        until = full_day(kept.kept_until)
        messages.info(request, f"{kept.reader}预约了这本书，请留到{until}，已经通知本人。")


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what stands in the list."""
    loan = LoanScreens(request).fetch(pk, "keep")
    _take(request, loan)
    return redirect("reading:bookroom-desk", loan.copy.bookroom_id)


@require_POST
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    """Renew for a reader who asks at the desk."""
    asker: Any = request
    loan = LoanScreens(request).fetch(pk, "keep")
    try:
        kept = renew(loan, by=asker.actor, day=timezone.localdate())
        messages.success(request, f"{kept.book}续借到{full_day(kept.due_on)}。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("reading:bookroom-desk", loan.copy.bookroom_id)


urlpatterns: list[URLPattern] = [
    path("bookroom/<int:pk>/desk/", desk, name="bookroom-desk"),
    *LoanScreens.urls(),
    path("loan/<int:pk>/return/", take, name="loan-return"),
    path("loan/<int:pk>/renew/", prolong, name="loan-renew"),
]
