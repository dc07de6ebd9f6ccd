"""What is filled in of needs, programmes and providers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gonghui.kit.lookup import LookupField
from gonghui.kit.several_files import SeveralFiles
from gonghui.kit.widgets import Day

from ..models import Demand, Programme, Provider
from ..rules import PROVIDER_RULES
from .owned import OwnedForm

LONG = forms.Textarea({"rows": 3})


class DemandForm(OwnedForm):
    """What a unit's people need to learn."""

    class Meta:
        model = Demand
        fields = ("topic", "org", "year", "kind", "audience", "people", "month", "reason")
        widgets = {"reason": LONG}
        labels = {"org": "哪个单位提的"}
        help_texts = {
            "audience": "如新进员工、小修班组、后勤人员。",
            "people": "大约几人；没有数就空着。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("year", timezone.localdate().year)


class ProviderForm(OwnedForm):
    """Who teaches, and by which way."""

    class Meta:
        model = Provider
        fields = (
            "name", "route", "org", "subjects", "address", "contact", "phone", "note", "is_current",
        )  # fmt: skip
        widgets = {"note": LONG}
        labels = {"org": "哪个组织与它合作"}


class ProgrammeForm(OwnedForm):
    """One line of the year's training plan."""

    provider = LookupField(label="由谁承办", names=("name",), required=False)
    papers = SeveralFiles(
        label="学习资料",
        required=False,
        help_text="大纲、教材等，每一期的学员都能看；可以选几个。",
    )

    class Meta:
        model = Programme
        fields = (
            "title", "org", "year", "kind", "form", "goal", "audience", "category", "provider",
            "people", "hours", "since", "until", "is_short", "is_rolling",
        )  # fmt: skip
        widgets = {"goal": LONG, "since": Day, "until": Day}
        labels = {"org": "哪个组织办"}
        help_texts = {"people": "没有定就空着。", "hours": "每人几学时；没有定就空着。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and self.instance.year is None:
            self.initial.setdefault("year", timezone.localdate().year)
        rows = Provider.objects.filter(is_current=True)
        self.offer("provider", PROVIDER_RULES["use"].narrow(rows, self.actor))
