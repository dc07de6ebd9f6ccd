"""What is asked when a period is closed."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gonghui.kit.dates import Period
from gonghui.kit.past_day import PastDayField


class ClosingForm(forms.Form):
    """Which days, counted by which definition, and what should be known of it."""

    since = PastDayField(label="自")
    until = PastDayField(label="至")
    standard = forms.CharField(
        label="统计口径",
        max_length=200,
        required=False,
        help_text="例如：按某文件的报表制度；没有就不填。",
    )
    note = forms.CharField(label="说明", max_length=300, required=False)

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and since > until:
            raise ValidationError("截止日期不能早于开始日期。")
        if until and until >= timezone.localdate():
            self.add_error("until", "这一期还没有结束，结束以后再锁定。")
        return said

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])
