"""What a unit fills in, and what the steps of a filing ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from gonghui.core.access.actor import Actor

from ..models import Filing
from ..queries.filings import Line
from ..queries.waiting import waiting_below

WITH_PARTS = frozenset({"元", "%", "小时", "学时", "分"})  # everything else is counted in wholes
MOST_DIGITS = 14


def places_of(unit: str) -> int:
    """How many decimal places a figure of this unit may have."""
    return 2 if unit in WITH_PARTS else 0


class FillForm(forms.Form):
    """The unit's own figure and the reason, a pair for each cell that is not worked out."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if not line.cell.is_formula]
        for line in self.lines:
            self._add(line)

    def _add(self, line: Line) -> None:
        cell = line.cell
        places = places_of(cell.unit)
        self.fields[f"entered_{cell.pk}"] = forms.DecimalField(
            label=f"{cell} 填报数",
            required=False,
            min_value=Decimal(0),
            max_digits=MOST_DIGITS + places,
            decimal_places=places,
            initial=None if line.entered is None else f"{float(line.entered):.15g}",
            error_messages={
                "invalid": "请填数字。",
                "min_value": "不能是负数。",
                "max_decimal_places": "最多两位小数。" if places else "请填整数。",
            },
            widget=forms.NumberInput({"aria-label": f"{cell} 填报数", "inputmode": "decimal"}),
        )
        self.fields[f"note_{cell.pk}"] = forms.CharField(
            label=f"{cell} 说明",
            required=False,
            max_length=200,
            initial=line.note,
            widget=forms.TextInput({"aria-label": f"{cell} 说明"}),
        )

    def pair(self, pk: int) -> tuple[BoundField, BoundField]:
        return self[f"entered_{pk}"], self[f"note_{pk}"]

    def said(self) -> Iterator[tuple[int, Decimal | None, str]]:
        """Cell, figure and note of every pair."""
        for line in self.lines:
            pk = line.cell.pk
            yield pk, self.cleaned_data[f"entered_{pk}"], self.cleaned_data[f"note_{pk}"]


class UploadForm(forms.Form):
    """The sheet that was downloaded and filled in elsewhere."""

    file = forms.FileField(label="填好的表", help_text="从这里下载的 Excel 表，填好后传回来。")


class ConfirmForm(forms.Form):
    """What is said with a filing; needed where units below are missing."""

    takes_subject = True

    remark = forms.CharField(
        label="上报说明", required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, subject: Filing, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["remark"]
        field.initial = subject.remark
        waiting = waiting_below(subject)
        if waiting:
            field.required = True
            field.help_text = f"还有 {waiting} 个下级没有审核通过，合计不含它们，请写明原因。"


class ReasonForm(forms.Form):
    """Why a filing is sent back, or need not be filed."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 3}))
