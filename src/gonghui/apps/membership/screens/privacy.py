"""Looking at what is sealed, the record of who looked, corrections asked for, and anonymising."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gonghui.core.people.models import Correction, Person, Reveal
from gonghui.core.screens.panels import WORDS, Custom, Facts
from gonghui.core.screens.revealing import Shown, reveal_page
from gonghui.core.screens.screens import Screens
from gonghui.kit.errors import DomainError

from ..actions import anonymising
from ..actions import privacy as actions
from ..filters import CorrectionFilters, RevealFilters
from ..flow import CORRECTING
from ..forms.record import RemovalForm
from ..queries.privacy import DOCUMENTS, name_of, removal_of
from ..queries.record import in_words, sealed_of
from ..rules import CORRECTION_RULES, PERSON_RULES, REVEAL_RULES
from ..tables import CorrectionTable, RevealTable

WORDS |= {"field": "内容", "scope": "范围", "version": "版本", "answer": "答复"}


class RevealScreens(Screens):
    """Who looked at what of whom: for the audit committee, and each person for themselves."""

    model = Reveal
    namespace = "membership"
    lead = "谁在什么时候、为什么查看了谁的完整证件号、手机号或银行卡号。只能增加，不能修改。"
    table = RevealTable
    filterset = RevealFilters
    rules = REVEAL_RULES
    org_field = "person__org"
    panels = (Facts("person", "by", "field", "reason", "at"),)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("person__org", "by")


def wish(correction: Correction, request: Any) -> dict[str, Any]:
    """What is asked for; what is sealed in the record stays masked here."""
    wanted = correction.wanted.reveal() if correction.wanted else ""
    said = [
        ("申请人", correction.person),
        ("所在组织", correction.person.org),
        ("内容", name_of(correction.field)),
        ("应改为", in_words(correction.field, wanted) or _nothing(correction)),
        ("理由", correction.reason),
        ("答复", correction.answer),
    ]
    return {"facts": [(label, value) for label, value in said if value]}


def _nothing(correction: Correction) -> str:
    return "" if correction.person.anonymised_at else "空白，不再登记"


class CorrectionScreens(Screens):
    """What members ask to have corrected in their own records."""

    model = Correction
    namespace = "membership"
    lead = "会员申请更正自己的资料。核实以后批准，资料随即更正。"
    table = CorrectionTable
    filterset = CorrectionFilters
    rules = CORRECTION_RULES
    flow = CORRECTING
    org_field = "person__org"
    panels = (Custom("申请", "screens/panel_facts.html", wish),)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("person__org")


def _of(request: Any, action: str, pk: int) -> Person:
    rows = Person.objects.select_related("org", "identity")
    return get_object_or_404(PERSON_RULES[action].narrow(rows, request.actor), pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why, and see one sealed field of a person once."""
    asker: Any = request
    person = _of(asker, "reveal", pk)
    name = str(request.GET.get("field", ""))
    lines = {line.name: line for line in sealed_of(person)}
    line = lines.get(name)
    if line is None:
        return redirect("membership:person-detail", pk=pk)
    opened = partial(actions.reveal, person, name, by=asker.actor)
    shown = Shown(line.label, str(line.value), person)
    back = reverse("membership:person-detail", args=[pk])
    return reveal_page(request, shown, opened, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def anonymise(request: HttpRequest, pk: int) -> HttpResponse:
    """See what would go and what would stay, then let it go."""
    asker: Any = request
    person = _of(asker, "anonymise", pk)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            anonymising.anonymise(person, reason=form.cleaned_data["reason"], by=asker.actor)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect("membership:person-detail", pk=pk)
    context = {
        "person": person,
        "removal": removal_of(person),
        "documents": DOCUMENTS,
        "form": form,
        "back": reverse("membership:person-detail", args=[pk]),
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "membership/anonymise.html", context, status=status)
