"""A series is described in words people use; the rule it is kept by is not shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, reachable
from gonghui.kit.dates import FULL_WEEKDAYS, day_said
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

from ..engine.cadence import LAST, Cadence
from ..kinds import kind_choices
from ..models import Series
from ..queries.reach import people_of

EVERY = (
    ("week", "每星期一次"),
    ("four", "每星期一次，每月四次"),
    ("fortnight", "每两周一次"),
    ("nth", "每月第几个星期几"),
    ("day", "每月几日"),
)
NTH = [(1, "第一个"), (2, "第二个"), (3, "第三个"), (4, "第四个"), (LAST, "最后一个")]
DAYS = [*((n, f"{n} 日") for n in range(1, 29)), (LAST, "最后一天")]
FOUR = 4  # 每月四期, also in a month with five of the weekday
NEEDED = {"nth": ("weekday", "nth"), "day": ("day",)}  # what each sort of rhythm asks
ONCE = ("org", "kind", "every", "weekday", "nth", "day", "since", "until", "skips_holidays")
SHARED = (
    "title", "theme", "programme", "place", "organiser", "capacity", "starts_at", "ends_at",
    "signs_members",
)  # fmt: skip


class Hour(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class SeriesForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new series with its rhythm; of an old one what is the same each time, from a day on."""

    org = LookupField(label="举办组织", names=ORG_NAMES)
    kind = forms.ChoiceField(label="类别", choices=kind_choices)
    every = forms.ChoiceField(label="多久一次", choices=EVERY)
    weekday = forms.TypedChoiceField(
        label="星期几", choices=list(enumerate(FULL_WEEKDAYS)), coerce=int, required=False,
        help_text="选“每月几日”时不用填。",
    )  # fmt: skip
    nth = forms.TypedChoiceField(
        label="第几个", choices=NTH, coerce=int, required=False,
        help_text="只在选“每月第几个星期几”时用。",
    )  # fmt: skip
    day = forms.TypedChoiceField(
        label="几日", choices=DAYS, coerce=int, required=False, help_text="只在选“每月几日”时用。"
    )
    organiser = LookupField(label="负责人", names=PERSON_NAMES, beside="org", required=False)
    from_day = forms.DateField(
        label="自哪天起照此办",
        widget=Day,
        help_text="这天以后还没办、没有单独改过的各次一起改，只改这里动过的几项；"
        "一项都没动，就全部照这里的办。",
    )

    field_order = (
        "from_day", "org", "kind", "title", "every", "weekday", "nth", "day", "starts_at",
        "ends_at", "since", "until", "skips_holidays", "place", "organiser", "capacity",
        "signs_members", "theme", "programme",
    )  # fmt: skip

    class Meta:
        model = Series
        fields = (*SHARED, "kind", "since", "until", "skips_holidays")
        widgets = {
            "since": Day,
            "until": Day,
            "starts_at": Hour,
            "ends_at": Hour,
            "programme": forms.Textarea({"rows": 3}),
        }
        help_texts = {
            "signs_members": "在举办组织任职的成员每次自动报名，来不了的自己退出。",
            "capacity": "留空就不限人数。",
            "skips_holidays": "按录入的放假安排，放假那天不办。",
        }

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        org: Org | None,
        asked: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        may_hold = reachable(actor, "activities.write")
        fields: Any = self.fields
        fields["org"].offer(may_hold)
        home = self.instance.org if self.instance.pk else org
        fields["organiser"].offer(people_of(home, actor, self.instance.organiser_id))
        if self.instance.pk:
            for name in ONCE:
                del self.fields[name]
            self.initial["organiser"] = self.instance.organiser
            said = day_said((asked or {}).get("from", ""))
            self.initial["from_day"] = said or timezone.localdate()
            return
        del self.fields["from_day"]
        if home is not None and home.kind == Kind.ASSOCIATION:
            self.initial["kind"] = "association"
        if org is not None and may_hold.filter(pk=org.pk).exists():
            self.initial["org"] = fields["org"].choice(org)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in NEEDED.get(said.get("every", ""), ("weekday",)):
            if name in self.fields and said.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, "请选一项。")
        return said

    def cadence(self) -> Cadence:
        said = self.cleaned_data
        every = said["every"]
        if every == "day":
            return Cadence(day=said["day"])
        if every == "nth":
            return Cadence(nth=said["nth"], weekday=said["weekday"])
        if every == "four":
            return Cadence(most=FOUR, weekday=said["weekday"])
        return Cadence(weeks=2 if every == "fortnight" else 1, weekday=said["weekday"])

    def values(self) -> dict[str, Any]:
        """What the series keeps besides its rhythm."""
        names = [f.name for f in Series._meta.fields if f.name in self.cleaned_data]
        return {name: self.cleaned_data[name] for name in names if name != "org"}


class ExtendForm(forms.Form):
    """To which day it goes on."""

    until = forms.DateField(label="延长到", widget=Day)


class EndForm(forms.Form):
    """From which day on there are no more, and why."""

    since = forms.DateField(label="自哪天起不办", widget=Day)
    reason = forms.CharField(label="原因", max_length=200)

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        if day < timezone.localdate():
            raise forms.ValidationError("请选今天或以后的日期；办过的不能取消。")
        return day


class CloneForm(forms.Form):
    """On which day it begins anew."""

    begins_on = forms.DateField(
        label="第一场的日期", widget=Day, help_text="几场之间的间隔和每场的时刻照旧，可以再改。"
    )
