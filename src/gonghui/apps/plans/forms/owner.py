"""Who is to answer for several tasks at once."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.lookup import LookupField


class OwnerForm(forms.Form):
    """A person or a body, found within the actor's reach."""

    takes_actor = True

    owner = LookupField(
        label="责任人",
        names=("name", "pinyin", "initials"),
        beside="org",
        required=False,
        help_text="写姓名、拼音或首字母。",
    )
    owner_org = LookupField(
        label="责任组织",
        names=("name", "short_name", "pinyin", "initials"),
        required=False,
        help_text="由委员会、分会或班组负责时填这里。责任人和责任组织只填一个。",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.active().filter(actor.reach("plans.write"))
        bodies = Org.objects.filter(actor.reach("plans.write", field=""), until=None)
        fields: Any = self.fields
        fields["owner"].offer(people.select_related("org"))
        fields["owner_org"].offer(bodies)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        chosen = [said.get("owner"), said.get("owner_org")]
        if not self.errors and chosen.count(None) != 1:
            raise forms.ValidationError("责任人和责任组织请填一个，也只填一个。")
        return said
