"""Which task an activity carries out."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.kit.lookup import LookupField

from ..queries.activities import tasks_for


class ActivityTaskForm(forms.Form):
    """A task one works on; empty takes the tie away."""

    task = LookupField(
        label="任务",
        names=("text",),
        beside="plan",
        required=False,
        help_text="写任务里的几个字，从列出的里面选；留空就是不落实哪一项。",
    )

    def __init__(self, *args: Any, activity: Activity, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        task: Any = self.fields["task"]
        task.offer(tasks_for(activity, actor))
