"""What is asked when unfinished tasks are carried over into the next plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gonghui.kit.dates import full_day

from ..models import Item, Plan

ENDS = "；;。，, "  # signs a line may end with, where another follows


class CarryForm(forms.Form):
    """Which tasks go over, and into which plan."""

    into = forms.ModelChoiceField(
        label="转入",
        queryset=Plan.objects.none(),
        empty_label=None,
        help_text="草稿里会成为提纲的一节，可以再改、可以撤销；执行中的计划里会直接成为任务。",
        error_messages={"required": "请先建一份新计划，再来转入。"},
    )
    every = forms.BooleanField(label="全部未完成的任务", required=False)
    items = forms.ModelMultipleChoiceField(
        label="任务",
        queryset=Item.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一项任务。"},
    )

    def __init__(
        self, *args: Any, unfinished: QuerySet[Item], into: QuerySet[Plan], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        items: Any = self.fields["items"]
        plans: Any = self.fields["into"]
        items.queryset, items.label_from_instance = unfinished, _line
        items.required = "every" not in self.data
        plans.queryset, plans.label_from_instance = into, _plan

    def chosen(self) -> list[int]:
        items: Any = self.fields["items"]
        rows = items.queryset if self.cleaned_data["every"] else self.cleaned_data["items"]
        return [item.pk for item in rows]


def _line(item: Item) -> str:
    """The task with its state, and why it was not done where somebody said so."""
    due = f"，期限 {full_day(item.due_on)}" if item.due_on else ""
    why = f"，{item.reason.rstrip(ENDS)}" if item.reason else ""
    text = str(item).rstrip(ENDS)
    return f"{text}（{item.get_state_display()}{due}{why}）"


def _plan(plan: Plan) -> str:
    return f"{plan}（{plan.get_state_display()}）"
