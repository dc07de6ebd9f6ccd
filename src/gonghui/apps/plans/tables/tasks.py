"""The columns of the list of tasks."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import mark_safe

from gonghui.kit.addresses import numbered
from gonghui.kit.ui.drawing import escaped, state_badge

from ..models import Item
from ..queries import words

DATED = {"th": {"class": "dated"}}  # wide enough for a day, which is not broken


class ItemTable(tables.Table):
    text = tables.Column("任务", order_by=("text", "pk"))
    plan = tables.Column("计划", order_by=("plan_id", "position"))
    time = tables.Column("时间", empty_values=(), orderable=False, attrs=DATED)
    owner = tables.Column("责任", empty_values=(), order_by=("owner_id", "owner_org_id", "pk"))
    due_on = tables.Column("进度和期限", empty_values=(), order_by=("due_on", "pk"), attrs=DATED)
    state = tables.Column("状态", order_by=("state", "pk"))

    class Meta:
        model = Item
        fields = ("text", "plan", "time", "owner", "due_on", "state")
        caption = "任务"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.address = numbered("plans:item-detail")

    def before_render(self, request: HttpRequest) -> None:
        words.take_targets(row.record for row in self.paginated_rows)

    def render_text(self, record: Item) -> str:
        drawn = f'<a href="{self.address(record.pk)}">{escaped(record.text)}</a>'
        for target in words.targets_of(record):
            drawn += f' <span class="chip">{escaped(words.target_words(target))}</span>'
        if record.has_blank:
            drawn += ' <span class="chip missing">待填</span>'
        return mark_safe(drawn)  # every word of people's was escaped above

    def render_plan(self, record: Item) -> str:
        return record.plan.title

    def render_time(self, record: Item) -> str:
        return words.time_of(record)

    def render_owner(self, record: Item) -> str:
        return words.owner_of(record) or "—"

    def render_due_on(self, record: Item) -> str:
        return words.due_of(record, self.today)

    def render_state(self, record: Item) -> str:
        return state_badge(*words.state_of(record, self.today))
