"""A bookroom and a reading circle as officers fill them in."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, offer_body, offer_people
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

from ..models import Bookroom, Circle
from ..rules import BOOKROOM_RULES


class BookroomForm(forms.ModelForm):  # type: ignore[type-arg]
    """A bookroom; figures nobody has counted stay empty."""

    org = LookupField(label="所属组织", names=ORG_NAMES)
    keeper = LookupField(label="管理员", names=PERSON_NAMES, beside="org", required=False)

    class Meta:
        model = Bookroom
        fields = (
            "name", "kind", "org", "place", "hours", "keeper", "area", "seats", "periodicals",
            "terminals", "open_days", "open_hours", "has_rules", "level", "is_open", "note",
        )  # fmt: skip
        help_texts = {
            "area": "还没有量的数字空着，不要填 0。",
            "level": "还没有命名的不选。",
        }

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_body(self, actor, org, "learning.write")
        offer_people(self, "keeper", actor, "learning.write")
        self.fields["keeper"].help_text = "管理员可以是普通会员，在手机上办借还。"


class CircleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A reading circle or campaign and what it reads."""

    org = LookupField(label="举办组织", names=ORG_NAMES)
    leader = LookupField(label="领读人", names=PERSON_NAMES, beside="org", required=False)
    bookroom = LookupField(label="用哪个书屋", names=("name",), beside="org", required=False)

    class Meta:
        model = Circle
        fields = (
            "title", "purpose", "org", "books", "leader", "bookroom", "since", "until", "words",
        )  # fmt: skip
        widgets = {"since": Day, "until": Day}
        help_texts = {"books": "书名，几本书用「、」隔开。"}

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_body(self, actor, org, "learning.write")
        offer_people(self, "leader", actor, "learning.write")
        rooms: Any = self.fields["bookroom"]
        rooms.offer(BOOKROOM_RULES["view"].narrow(Bookroom.objects.select_related("org"), actor))
        if self.instance.bookroom_id:
            self.initial["bookroom"] = self.instance.bookroom
