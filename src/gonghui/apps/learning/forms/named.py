"""Terms and school years, and numbered slogans."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.screens.choices import ORG_NAMES, reachable
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

from ..models import Season, Slogan


class OfBodyForm(forms.ModelForm):  # type: ignore[type-arg]
    """The body is one where the actor keeps learning, and stays the same afterwards."""

    org = LookupField(label="单位", names=ORG_NAMES)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["org"]
            return
        org: Any = self.fields["org"]
        org.offer(reachable(actor, "learning.write"))


class SeasonForm(OfBodyForm):
    class Meta:
        model = Season
        fields = ("org", "kind", "name", "start", "end")
        widgets = {"start": Day, "end": Day}

    def clean(self) -> dict[str, Any]:
        """Two of one kind never share a day."""
        said: dict[str, Any] = super().clean() or {}
        org = said.get("org") or (self.instance.org if self.instance.pk else None)
        if not (org and said.get("start") and said.get("end") and said.get("kind")):
            return said
        beside = Season.objects.filter(org=org, kind=said["kind"]).exclude(pk=self.instance.pk)
        met = beside.filter(start__lte=said["end"], end__gte=said["start"]).first()
        if met:
            self.add_error("start", f"与“{met}”（{met.start} 至 {met.end}）重叠，请改日期。")
        return said


class SloganForm(OfBodyForm):
    items = forms.CharField(
        label="内容",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="每行一项；原文没有列出内容就留空，不要补写。",
    )

    class Meta:
        model = Slogan
        fields = ("org", "name", "meant_by", "items", "is_inferred", "source", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["items"] = "\n".join(self.instance.items)

    def clean_items(self) -> list[str]:
        said: str = self.cleaned_data["items"]
        return [line.strip() for line in said.splitlines() if line.strip()]
