"""What is asked when a task is passed down, accepted and reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.units import UnitsForm
from gonghui.kit.lookup import SeveralLookupField
from gonghui.kit.several_files import SeveralFiles
from gonghui.kit.widgets import Day

from ..models import Directive, Item, Plan
from ..queries.passing import DEPTHS, units_below

MOST_NOTES = 20
PLAIN_DEPTHS = tuple((name, label.removeprefix("全部")) for name, label in DEPTHS.items())
NAMED = ("named", "只给写明的单位")


class SendDownForm(UnitsForm):
    """Which units below get the task, by when, and in which words."""

    words = forms.CharField(
        label="要求",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="需要下级怎么办、报什么，写在这里；任务原文会一起下达。",
    )
    due_on = forms.DateField(
        label="完成期限", required=False, widget=Day, help_text="留空即用任务自己的期限。"
    )

    def __init__(self, *args: Any, item: Item, depth: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has = item.directives.values("org")
        self.offer(units_below(item.org, depth=depth).exclude(pk__in=has))

    def clean_due_on(self) -> Any:
        return still_to_come(self.cleaned_data["due_on"])


def still_to_come(due_on: date | None) -> date | None:
    if due_on and due_on < timezone.localdate():
        raise ValidationError("完成期限已经过去，请选今天或以后的日期。")
    return due_on


class SendManyForm(forms.Form):
    """To whom several tasks go at once, each to units below its own union."""

    takes_actor = True

    to = forms.ChoiceField(
        label="下达给", choices=[*((name, f"全部{label}") for name, label in PLAIN_DEPTHS), NAMED]
    )
    units = SeveralLookupField(
        label="单位",
        names=("name", "short_name", "pinyin", "initials"),
        required=False,
        help_text="选“只给写明的单位”时填，几个用“、”隔开。",
    )
    words = forms.CharField(label="要求", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(
        label="完成期限", required=False, widget=Day, help_text="留空即用各项任务自己的期限。"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        reach = actor.reach("plans.send", field="")
        fields["units"].offer(Org.objects.unions().filter(reach, until=None))

    def clean_due_on(self) -> Any:
        return still_to_come(self.cleaned_data["due_on"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if "units" not in self.errors and (said.get("to") == NAMED[0]) != bool(said.get("units")):
            missing = said.get("to") == NAMED[0]
            sentence = "请写明下达给哪些单位。" if missing else "写了单位，请选“只给写明的单位”。"
            self.add_error("units", sentence)
        return said


class AcceptForm(forms.Form):
    """Which open plan of the unit the task joins."""

    takes_subject = True

    plan = forms.ModelChoiceField(
        label="列入计划",
        queryset=Plan.objects.none(),
        empty_label=None,
        help_text="任务会列在这份计划末尾的「上级下达」之下，和上级的任务连在一起。",
        error_messages={"required": "请选一份计划。"},
    )

    def __init__(self, *args: Any, subject: Directive, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans: Any = self.fields["plan"]
        plans.queryset = Plan.objects.open().filter(org=subject.org_id)
        if not plans.queryset.exists():
            plans.help_text = "本单位还没有印发的计划。请先编好并印发一份计划，再来接收。"
            plans.error_messages["required"] = plans.help_text


class ReportForm(forms.Form):
    """What the unit did, on which day, with its proof."""

    takes_subject = True

    report = forms.CharField(
        label="办理情况",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请写明办理情况。"},
    )
    on = forms.DateField(label="日期", widget=Day, error_messages={"required": "请填写日期。"})
    files = SeveralFiles(  # type: ignore[assignment]  # a field, as the flow's effect names it
        label="佐证材料", required=False, help_text="照片、通知、签到表等，可以一次选几个。"
    )

    own_done = forms.BooleanField(
        label="本单位的这项任务也办完了，同时记为“已完成”", required=False
    )

    def __init__(self, *args: Any, subject: Directive, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = subject.accepted_as
        self.fields["report"].initial = subject.report or noted(own)
        self.fields["on"].initial = timezone.localdate()
        if own is None or not own.is_unfinished:
            del self.fields["own_done"]
        else:
            self.fields["own_done"].initial = not own.occurrences.filter(done_on=None).exists()

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError("日期还没有到，请填实际办理的日期。")
        return self.cleaned_data["on"]


def noted(item: Item | None) -> str:
    """What the unit wrote down while it worked, a line a day, to begin a report with."""
    if item is None:
        return ""
    notes = item.progress_notes.order_by("on", "pk")[:MOST_NOTES]
    return "\n".join(f"{note.on.month} 月 {note.on.day} 日：{note.text}" for note in notes)
