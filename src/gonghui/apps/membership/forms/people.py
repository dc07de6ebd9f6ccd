"""A person's facts, and where they go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import ORG_NAMES, reachable
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

# While a name is typed, who of that name is there already is asked for.
SAME_NAME = {"hx-trigger": "change, keyup changed delay:500ms", "hx-target": "#alike"}


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person's facts; the body is asked only when they are registered."""

    org = LookupField(
        label="所在组织",
        names=ORG_NAMES,
        help_text="写名称、拼音首字母，或从提示中选。",
    )

    is_member = forms.BooleanField(
        label="已经是会员，入会日期不详",
        required=False,
        help_text="填了加入日期就不用勾选；还没有入会的，登记以后再申请。",
    )

    class Meta:
        model = Person
        fields = ("name", "org", "sex", "employment", "category", "joined_on", "pinyin")
        field_order = (
            "name", "org", "sex", "employment", "category", "joined_on", "is_member", "pinyin",
        )  # fmt: skip
        widgets = {"joined_on": Day}
        help_texts = {
            "pinyin": "留空即自动生成；多音字读错了可以在这里改。",
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pinyin"].required = False
        if not self.instance.pk:
            same_name = {"hx-get": reverse("membership:same-name")}
            self.fields["name"].widget.attrs |= SAME_NAME | same_name
        if self.instance.pk:
            del self.fields["org"], self.fields["is_member"]
        else:
            self.fields["org"].offer(reachable(actor, "people.write"))  # type: ignore[attr-defined]  # our own field


class TransferForm(forms.Form):
    """To which body a person goes, or several at once."""

    takes_actor = True
    org = LookupField(label="调到哪个组织", names=ORG_NAMES)
    reason = forms.CharField(label="依据或原因", required=False, max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["org"].offer(reachable(actor, "people.write"))  # type: ignore[attr-defined]  # our own field
