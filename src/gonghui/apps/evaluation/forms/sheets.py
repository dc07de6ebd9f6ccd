"""What is asked of one item of a sheet, by how it is marked; and a rater's marks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from gonghui.kit.amounts import plain
from gonghui.kit.several_files import SeveralFiles, SeveralFilesInput
from gonghui.kit.widgets import Day

from ..engine import marking
from ..models import Criterion, Review, SheetLine

MOST = 999_999_999
WORDS = forms.Textarea({"rows": 3})


def value_field(one: Criterion, *, required: bool) -> forms.Field:
    """The field that fits an item: a number, marks, ticks, one of several, yes or no."""
    names = [(words, f"{words}（{points} 分）") for words, points in one.options]
    if one.method == marking.TICKS:
        return forms.MultipleChoiceField(
            label="符合哪几条",
            choices=names,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="一条都不符合的，不勾，直接保存。",
        )
    if one.method == marking.LEVEL:
        return forms.ChoiceField(
            label="属于哪一档", choices=names, required=required, widget=forms.RadioSelect
        )
    if one.method == marking.VETO:
        return forms.TypedChoiceField(
            label="有没有这种情况",
            choices=(("no", "没有"), ("yes", "有")),
            coerce=lambda said: said == "yes",
            empty_value=None,
            required=required,
            widget=forms.RadioSelect,
        )
    most = one.weight if one.method == marking.MARK else MOST
    label = (
        f"评分（满分 {marking.said(one.rule.weight)} 分）" if one.method == marking.MARK else "数值"
    )
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=0,
        max_value=most,
        max_digits=13,
        decimal_places=4,
        help_text=_measure(one),
    )


def _measure(one: Criterion) -> str:
    if one.method == marking.LINEAR and one.full_at is not None and one.zero_at is not None:
        return f"{plain(one.zero_at)} 得零分，{plain(one.full_at)} 得满分，中间按比例。"
    if one.method in {marking.EACH, marking.DEDUCT} and one.each is not None:
        word = "加" if one.method == marking.EACH else "扣"
        return f"每项{word} {plain(one.each)} 分。"
    return ""


def kept(value: Any) -> Any:
    """A value as the sheet keeps it."""
    if isinstance(value, Decimal):
        return plain(value)
    return None if value == "" else value


class CheckForm(forms.Form):
    """The unit's own look at an item: the value where the unit says it, words, papers."""

    words = forms.CharField(label="说明", max_length=1000, required=False, widget=WORDS)
    papers = SeveralFiles(
        label="佐证材料", required=False, help_text="图片、PDF、Word、Excel 都可以，一次可选多个。"
    )

    def __init__(self, *args: Any, line: SheetLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one = line.criterion
        self.initial.update({"words": line.words, "value": _shown(one, line.own)})
        if line.is_asked:
            self.fields = {"value": value_field(one, required=True), **self.fields}
        if one.evidence:
            self.fields["papers"].help_text = f"要：{one.evidence}。图片、PDF、Word、Excel 都可以。"

    @property
    def said(self) -> dict[str, Any]:
        own = self.cleaned_data
        return {"value": kept(own.get("value")), "words": own["words"], "files": own["papers"]}


class VisitForm(forms.Form):
    """What was found on the spot, on a phone: the value, a word, photos."""

    words = forms.CharField(label="现场情况", max_length=1000, required=False, widget=WORDS)
    papers = SeveralFiles(
        label="照片",
        required=False,
        help_text="JPG 或 PNG，手机会先缩小再传，拍摄地点不保留。",
        widget=SeveralFilesInput({"accept": "image/jpeg,image/png", "data-shrink": ""}),
    )

    def __init__(self, *args: Any, line: SheetLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one = line.criterion
        found = line.own if line.found is None else line.found
        self.initial.update({"words": line.remark, "value": _shown(one, found)})
        self.fields = {"value": value_field(one, required=True), **self.fields}

    @property
    def said(self) -> dict[str, Any]:
        own = self.cleaned_data
        return {"value": kept(own["value"]), "words": own["words"], "files": own["papers"]}


def _shown(one: Criterion, value: Any) -> Any:
    if one.method == marking.VETO:
        return {True: "yes", False: "no"}.get(value, "")
    return value


class CountForm(forms.Form):
    """The result of members' vote as one teller reads it."""

    cast = forms.IntegerField(label="收回票", min_value=1, max_value=MOST)
    yes = forms.IntegerField(label="满意票", min_value=0, max_value=MOST)
    held_on = forms.DateField(
        label="评议日期", widget=Day, help_text="开会评议的那一天，统计时算在这一天。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("held_on", timezone.localdate())

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("评议日期不能在今天以后。")
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("yes") is not None and said.get("cast") and said["yes"] > said["cast"]:
            self.add_error("yes", "满意票不能多于收回票。")
        return said


class ReviewForm(forms.Form):
    """A rater's marks for every item that peers rate."""

    words = forms.CharField(label="评语", max_length=500, required=False, widget=WORDS)

    def __init__(self, *args: Any, review: Review, items: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        marks: dict[str, forms.Field] = {}
        for one in items:
            marks[f"item_{one.pk}"] = value_field(one, required=True)
            marks[f"item_{one.pk}"].label = f"{one}（满分 {marking.said(one.rule.weight)} 分）"
            self.initial[f"item_{one.pk}"] = review.marks.get(str(one.pk))
        self.initial["words"] = review.words
        self.fields = {**marks, **self.fields}

    @property
    def marks(self) -> dict[str, str]:
        return {str(one.pk): kept(self.cleaned_data[f"item_{one.pk}"]) for one in self.items}
