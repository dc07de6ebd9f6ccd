"""Applications to join: the list, the page and the unit's form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.documents.outbound.docx import OfficialPaper
from gonghui.core.people.consents import consent_texts
from gonghui.core.people.models import Scope
from gonghui.core.screens.bulk import BulkAction
from gonghui.core.screens.panels import WORDS, Facts, Text
from gonghui.core.screens.screens import Screens
from gonghui.kit.downloads import download

from ..actions import applications as actions
from ..filters import ApplicationFilters
from ..flow import JOINING
from ..forms.applications import ApplicationForm
from ..models import Application
from ..rules import APPLICATION_RULES
from ..tables import ApplicationTable
from .exports import APPLICATIONS

WORDS |= {"day": "日期", "document": "会议或文号", "seen_by": "验看人", "version": "版本"}
ASKED = ("姓名", "证件号码", "手机号", "单位和部门", "用工形式", "申请说明")


class ApplicationScreens(Screens):
    """Who wants to join, and what the committee said."""

    model = Application
    lead = "职工自愿提出申请，由基层工会委员会批准；批准之日起是会员。"
    table = ApplicationTable
    filterset = ApplicationFilters
    form = ApplicationForm
    rules = APPLICATION_RULES
    flow = JOINING
    create_capability = "people.write"
    export = APPLICATIONS
    personal = True
    acts = True
    bulk = (BulkAction.of(JOINING, "approve"), BulkAction.of(JOINING, "refuse"))
    panels = (
        Facts("person", "org", "way", "applied_on", "made_by", "seen_by", "consent_version"),
        Text("words"),
        Facts("decided_on", "decided_by", "document", "refusal", title="审批"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return (
            super().queryset().select_related("person", "org", "made_by", "seen_by", "decided_by")
        )

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        if obj.pk:
            return {"actor": self.actor}
        mine = getattr(self.actor.person, "pk", None)
        given = {"applied_on": timezone.localdate(), "seen_by": mine}
        given["person"] = _said(self.request, "person")
        return {"actor": self.actor, "initial": {k: v for k, v in given.items() if v}}

    def write(self, form: forms.ModelForm) -> models.Model:
        values = dict(form.cleaned_data)
        if form.instance.pk:
            return actions.change_application(form.instance, by=self.actor, **values)
        return actions.apply(values.pop("person"), by=self.actor, **values)


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """A form to print: the application, and the text on personal data with its version."""
    asker: Any = request
    if not asker.actor.can("people.write"):
        raise Http404
    text = consent_texts()[Scope.RECORD]
    sheet = OfficialPaper("入会申请书")
    sheet.paragraph("我自愿申请加入工会，遵守《中国工会章程》。")
    sheet.table(("项目", "填写"), [(name, "") for name in ASKED], (1, 3))
    sheet.heading(f"{text.title}（{text.version} 版）", 1)
    for line in text.text:
        sheet.paragraph(line)
    sheet.paragraph("以上内容我已看过，同意登记和使用我的个人信息。")
    sheet.paragraph("申请人签名：　　　　　　　　　　日期：")
    sheet.paragraph("验看人签名：　　　　　　　　　　日期：")
    return download(sheet.to_bytes(), f"入会申请书样张（{text.version}）", "docx")


def _said(request: HttpRequest, key: str) -> int | None:
    said = request.GET.get(key, "")
    return int(said) if said.isdecimal() else None
