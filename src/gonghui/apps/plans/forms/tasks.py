"""What is filled in about a task: its words, dates and owner, what was done and reached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.indicators.registry import areas
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Person
from gonghui.kit.lookup import LookupField, SeveralLookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.several_files import SeveralFiles
from gonghui.kit.widgets import Day

from ..models import Item, Kind, Occurrence, Plan, Target
from ..queries.measuring import offered
from ..queries.words import number
from ..rules import ITEM_RULES, PLAN_RULES

MONTHS = [(month, f"{month} 月") for month in range(1, 13)]
MOST_PLANS = 20


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """A task's own facts; a new one also says below which heading of which plan it goes."""

    under = forms.ChoiceField(label="放在", help_text="排在所选章节的最后。")
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
        help_text="由委员会、分会或班组负责时填这里。",
    )
    helpers = SeveralLookupField(
        label="协助人",
        names=("name", "pinyin", "initials"),
        beside="org",
        required=False,
        help_text="几个人用“、”隔开。",
    )
    helper_orgs = SeveralLookupField(
        label="协助组织",
        names=("name", "short_name", "pinyin", "initials"),
        required=False,
        help_text="委员会、分会或班组，几个用“、”隔开。",
    )
    months = forms.TypedMultipleChoiceField(
        label="月份",
        choices=MONTHS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Item
        fields = ("text", "area", "months", "starts_on", "due_on", "has_blank")
        widgets = {"starts_on": Day, "due_on": Day, "text": forms.Textarea({"rows": 3})}
        labels = {"has_blank": "还有空白待填"}
        help_texts = {"due_on": "计划没有定日期就留空，任务会列在“未定日期”里。"}

    field_order = (
        "under", "text", "owner", "owner_org", "helpers", "helper_orgs", "area", "months",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, org: Org, under: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(self.instance.org if self.instance.pk else org)
        if self.instance.pk:
            del self.fields["under"]
            self._fill()
        else:
            self.fields["under"].choices = places(actor, org)  # type: ignore[attr-defined]  # a choice field
            self.fields["under"].initial = under

    def _offer(self, org: Org) -> None:
        inside: QuerySet[Person] = Person.objects.active().filter(subtree(org.path, field="org"))
        people = inside.select_related("org")
        bodies = Org.objects.below(org).filter(until=None)
        fields: Any = self.fields
        fields["owner"].offer(people)
        fields["helpers"].offer(people)
        fields["owner_org"].offer(bodies)
        fields["helper_orgs"].offer(bodies)

    def _fill(self) -> None:
        self.initial["owner"] = self.instance.owner
        self.initial["owner_org"] = self.instance.owner_org
        self.initial["helpers"] = list(self.instance.helpers.select_related("org"))
        self.initial["helper_orgs"] = list(self.instance.helper_orgs.all())
        if self.instance.every:
            # Its dates follow from its turns: typed ones would be gone with the next turn.
            for name in ("months", "starts_on", "due_on"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("owner") and said.get("owner_org"):
            self.add_error("owner_org", "责任人和责任组织只填一个；另一个可以写进协助人。")
        return said


def places(actor: Actor, org: Org) -> list[tuple[str, Any]]:
    """The open plans of a body the actor may add to, each with its headings."""
    plans = PLAN_RULES["work"].narrow(Plan.objects.filter(org=org), actor)[:MOST_PLANS]
    found = []
    heads = Item.objects.filter(plan__in=[plan.pk for plan in plans]).exclude(kind=Kind.TASK)
    for plan in plans:
        own = [
            (f"item:{head.pk}", f"{'　' * head.depth}{head}"[:60])
            for head in heads
            if head.plan_id == plan.pk and head.kind != Kind.NOTE
        ]
        found.append((plan.title, [*own, (f"plan:{plan.pk}", "（计划末尾）")]))
    return found


def place_named(said: str, actor: Actor) -> tuple[Plan, Item | None] | None:
    """The plan and the heading a choice names, if the actor may add there."""
    sort, _, pk = said.partition(":")
    if not pk.isdigit():
        return None
    if sort == "plan":
        plan = PLAN_RULES["work"].narrow(Plan.objects.all(), actor).filter(pk=int(pk)).first()
        return (plan, None) if plan else None
    rows = ITEM_RULES["edit"].narrow(Item.objects.select_related("plan__org"), actor)
    head = rows.filter(pk=int(pk)).first()
    return (head.plan, head) if head else None


class ProgressForm(forms.Form):
    """What was done, on which day, with photos or papers."""

    on = PastDayField(label="日期")
    text = forms.CharField(
        label="进展",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "请写一句做了什么。"},
    )
    files = SeveralFiles(  # type: ignore[assignment]  # a field named as the action names it
        label="照片或文件", required=False, help_text="可以一次选几个，每个不超过 20 MB。"
    )


class TurnForm(forms.Form):
    """One turn that was kept."""

    turn = forms.ModelChoiceField(label="哪一期", queryset=Occurrence.objects.none())
    on = PastDayField(label="日期")
    text = forms.CharField(label="说明", required=False, max_length=500)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Occurrence.objects.filter(item=item, done_on=None).order_by("due_on", "serial")
        turn: Any = self.fields["turn"]
        turn.queryset = rows
        turn.empty_label = None


class ActualForm(forms.Form):
    """The figure reached so far, once a month, with its proof; empty takes the month's back."""

    value = forms.DecimalField(
        label="累计实际", required=False, max_digits=18, decimal_places=4, localize=False
    )
    on = forms.DateField(label="截至", widget=Day, initial=timezone.localdate)
    note = forms.CharField(label="怎么得来的", required=False, max_length=200)
    files = SeveralFiles(  # type: ignore[assignment]  # a field named as the action names it
        label="佐证材料", required=False
    )

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError("日期还没到，请填今天或以前的日期。")
        return self.cleaned_data["on"]


class BindForm(forms.Form):
    """Which indicator counts a promised figure; empty for one that is written down by month."""

    code = forms.ChoiceField(label="由系统计算", required=False)

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        some = offered(target)
        named = [
            (areas[area], [(one.code, one.title) for one in some if one.area == area])
            for area in dict.fromkeys(one.area for one in some)
        ]
        code: Any = self.fields["code"]
        code.choices = [("", "不由系统计算，按月填报"), *named]


def actual_of(value: Any) -> str:
    """A known figure as it is typed, without marks between thousands."""
    return "" if value is None else number(value).replace(",", "")
