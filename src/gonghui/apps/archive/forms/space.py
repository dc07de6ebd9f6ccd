"""What is filled in of the sharing space."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.choices import ORG_NAMES, reachable
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.several_files import SeveralFiles, SeveralFilesInput
from gonghui.kit.widgets import Day

from ..engine import isbn
from ..models import Material, Recommendation


class CommentForm(forms.Form):
    words = forms.CharField(
        label="评论",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "请先写几个字。"},
    )


class HideForm(forms.Form):
    reason = forms.CharField(
        label="原因",
        max_length=200,
        error_messages={"required": "请写明为什么隐藏。"},
    )


class RecommendationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A book for the list: for whom, and why."""

    org = LookupField(label="哪个工会推荐", names=ORG_NAMES)
    on = PastDayField(label="推荐日期")

    class Meta:
        model = Recommendation
        fields = ("title", "author", "isbn", "org", "readers", "why", "on", "until")
        widgets = {"until": Day, "why": forms.Textarea({"rows": 3})}
        help_texts = {"until": "过了这天不再列出；空着就一直列着。"}

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, actor, org)

    def clean_isbn(self) -> str:
        said = self.cleaned_data["isbn"].strip()
        try:
            return isbn.read(said) if said else ""
        except isbn.NoISBN as error:
            raise ValidationError(str(error)) from None

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        return title.strip("《》 ")


class MaterialForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something to learn from, with its files."""

    org = LookupField(label="哪个工会提供", names=ORG_NAMES)
    on = PastDayField(label="日期")
    papers = SeveralFiles(
        label="文件",
        required=False,
        help_text="PDF、Word、PPT、图片等，可以一次选多个。",
        widget=SeveralFilesInput,
    )

    class Meta:
        model = Material
        fields = ("title", "org", "words", "on")
        widgets = {"words": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, actor, org)


def _offer(form: forms.ModelForm[Any], actor: Actor, org: Org | None) -> None:
    """The body is chosen once: a record stays where it was made."""
    if form.instance.pk:
        del form.fields["org"]
        return
    field: Any = form.fields["org"]
    may_hold = reachable(actor, "learning.write")
    field.offer(may_hold)
    if org is not None and may_hold.filter(pk=org.pk).exists():
        form.initial["org"] = field.choice(org)
