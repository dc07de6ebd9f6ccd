"""The screen of the holiday calendar: the years entered, and a year's notice read and entered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.core.access.actor import Actor
from gonghui.core.regulations.holidays import Line, enter_year, read_text
from gonghui.core.regulations.models import CalendarYear, Tag
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import EVERYBODY

LARGEST = 200_000  # characters of a year's sheet; a whole year is a few thousand


class YearForm(forms.Form):
    """A year's days off, pasted or from a file, with the notice they come from."""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    document = forms.CharField(label="依据文件", max_length=100)
    number = forms.CharField(label="文号", max_length=60, required=False)
    file = forms.FileField(
        label="文件", required=False, help_text="CSV 文件，每行：日期,放假或上班,节日。"
    )
    text = forms.CharField(
        label="或者粘贴",
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="每行一天，例如 2027-01-01,放假,元旦；从 Excel 复制的三列也可以。",
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        file = said.get("file")
        if file and not said.get("text"):
            said["text"] = _decoded(file)
        if not said.get("text"):
            raise forms.ValidationError("请选择文件，或者粘贴放假和上班的日期。")
        return said


def _decoded(file: Any) -> str:
    if file.size > LARGEST:
        raise forms.ValidationError("文件太大。一年的放假安排只有几十行，请检查是不是选错了文件。")
    data = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return str(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise forms.ValidationError("没有读懂这个文件。请在 Excel 里另存为 CSV，再上传。")


@require_safe
def holidays(request: HttpRequest) -> HttpResponse:
    """The years that were entered, with their days; and which one is missing."""
    asker: Any = request
    if not (asker.actor.can("organisation.view") or may_enter(asker.actor)):
        raise Http404
    years = list(CalendarYear.objects.prefetch_related("days"))
    today = timezone.localdate()
    known = {one.year for one in years}
    context = {
        "years": [
            {"year": one, "tag": Tag(one.tag).label, "doubtful": one.tag == "M"} for one in years
        ],
        "missing": [year for year in (today.year, today.year + 1) if year not in known],
        "may_enter": may_enter(asker.actor),
    }
    return TemplateResponse(request, "backoffice/holidays.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter_holidays(request: HttpRequest) -> HttpResponse:
    """Read a year's notice, show every line as it was understood, and enter it when told to."""
    asker: Any = request
    if not may_enter(asker.actor):
        raise Http404
    posted = request.method == "POST"
    initial = {"year": timezone.localdate().year + 1}
    form = YearForm(
        request.POST if posted else None, request.FILES if posted else None, initial=initial
    )
    lines: list[Line] = []
    if posted and form.is_valid():
        said = form.cleaned_data
        lines = read_text(said["text"], said["year"])
        if "enter" in request.POST and _enter(form, lines, asker.actor):
            return redirect("backoffice:holidays")
    wrong = sum(bool(line.wrong) for line in lines)
    context = {
        "form": form,
        "lines": lines,
        "wrong": wrong,
        "text": form.cleaned_data.get("text", "") if posted and form.is_valid() else "",
        "cancel_url": reverse("backoffice:holidays"),
    }
    status = 422 if posted and (not form.is_valid() or wrong) else 200
    return TemplateResponse(request, "backoffice/holidays_form.html", context, status=status)


def _enter(form: YearForm, lines: list[Line], actor: Actor) -> bool:
    said = form.cleaned_data
    paper = {"document": said["document"], "number": said["number"]}
    try:
        enter_year(said["year"], lines, by=actor, **paper)
    except DomainError as error:
        form.add_error(None, error.sentence)
        return False
    return True


def may_enter(actor: Actor) -> bool:
    """The calendar is the same for everybody, so it is entered by who sets standards for all."""
    return actor.reach("regulations.set") == EVERYBODY
