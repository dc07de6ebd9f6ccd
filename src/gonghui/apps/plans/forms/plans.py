"""What an officer fills in about a plan, and the ways to begin one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.documents.inbound.refusals import EMPTY
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

from ..models import Pattern, Plan, PlanKind, UpperDocument
from ..rules import PLAN_RULES

PASTED_LIMIT = 400_000


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """The head of a plan."""

    upper_documents = forms.CharField(
        label="贯彻的上级文件",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="每行一份，依次写发文单位、文号、精神，用竖线隔开：市总工会｜安总〔2026〕3号｜推进产改",
    )

    class Meta:
        model = Plan
        fields = ("title", "kind", "starts_on", "ends_on", "guidance", "main_line", "theme")
        widgets = {
            "starts_on": Day,
            "ends_on": Day,
            "guidance": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            rows = self.instance.upper_documents.all()
            lines = ["｜".join((d.issuer, d.number, d.spirit)).rstrip("｜") for d in rows]
            self.initial["upper_documents"] = "\n".join(lines)

    def clean_upper_documents(self) -> list[tuple[str, str, str]]:
        return documents_of(self.cleaned_data["upper_documents"])


def documents_of(said: str) -> list[tuple[str, str, str]]:
    """Issuer, number and spirit of every line; too long a part is refused in words."""
    found = []
    for line in said.splitlines():
        parts = [part.strip() for part in line.replace("|", "｜").split("｜")]
        if not any(parts):
            continue
        issuer, number, spirit = ([*parts, "", "", ""])[:3]
        limits = ((issuer, "issuer"), (number, "number"), (spirit, "spirit"))
        for text, name in limits:
            most = getattr(UpperDocument._meta.get_field(name), "max_length", 0)
            if len(text) > most:
                raise forms.ValidationError(f"“{text[:20]}…”太长，最多 {most} 字。")
        found.append((issuer, number, spirit))
    return found


class BeginForm(forms.Form):
    """A new plan: from a file, pasted text, a sample, an earlier plan, or empty."""

    # What the officer came with stands first; the rest is filled in for them.
    field_order = ("file", "text", "pattern", "earlier", "org", "title", "kind")

    org = LookupField(label="哪个工会的计划", names=("name", "short_name", "pinyin", "initials"))
    title = forms.CharField(
        label="标题", max_length=200, required=False, help_text="留空就用文件里的标题。"
    )
    kind = forms.ChoiceField(label="类型", choices=PlanKind.choices)
    starts_on = forms.DateField(label="自", widget=Day)
    ends_on = forms.DateField(label="至", widget=Day)
    file = forms.FileField(
        label="计划文件",
        required=False,
        help_text="Word（.docx）、PDF 或文本文件，不超过 20 MB。",
        error_messages={"empty": EMPTY},
    )
    text = forms.CharField(
        label="或者粘贴文字",
        required=False,
        max_length=PASTED_LIMIT,
        widget=forms.Textarea({"rows": 8}),
    )
    pattern = forms.ChoiceField(
        label="或者从示例模板开始",
        required=False,
        choices=[("", "不用模板"), *Pattern.choices],
    )
    earlier: forms.ModelChoiceField[Plan] = forms.ModelChoiceField(
        label="或者照以前的计划写",
        required=False,
        queryset=Plan.objects.none(),
        empty_label="不照搬",
    )
    anyway = forms.BooleanField(
        label="内容与已有的计划相同，仍然新建", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unions = Org.objects.unions().filter(actor.reach("plans.write", field=""), until=None)
        self.fields["org"].offer(unions)  # type: ignore[attr-defined]  # our own field
        earlier = PLAN_RULES["view"].narrow(Plan.objects.filter(org=org), actor)
        earlier = earlier.exclude(state="discarded")
        self.fields["earlier"].queryset = earlier  # type: ignore[attr-defined]  # a model choice
        year = Period.of_year(timezone.localdate().year)
        self.initial["starts_on"], self.initial["ends_on"] = year.start, year.end
        if org is not None and unions.filter(pk=org.pk).exists():
            self.initial["org"] = org

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
            self.add_error("ends_on", "结束日期不能早于开始日期。")
        ways = [n for n in ("file", "text", "pattern", "earlier") if said.get(n)]
        if len(ways) > 1:
            self.add_error(None, "文件、文字、模板和以前的计划只能选一种，请去掉多余的。")
        earlier, org = said.get("earlier"), said.get("org")
        if earlier and org and earlier.org_id != org.pk:
            self.add_error("earlier", f"这是「{earlier.org}」的计划，只能照「{org}」自己的计划写。")
        return said


class AgainForm(forms.Form):
    """The file of a plan that is like another, asked for once more: no browser keeps it."""

    file = forms.FileField(
        label="再选一次这个文件",
        help_text="浏览器不能替您留着文件；再选一次，原件和表格都照原样读入。",
    )
