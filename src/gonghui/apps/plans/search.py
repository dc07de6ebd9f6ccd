"""Plans and their tasks as they are found and shown by the search."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.search.sources import Source, register

from .models import Item, Plan
from .models.item import NO_TASKS
from .rules import ITEM_RULES, PLAN_RULES

SHOWN = 80  # characters of a task's text that make its title; the rest can be found all the same

register(
    Source(
        Plan,
        "计划",
        PLAN_RULES["view"],
        title=lambda plan: plan.title,
        note=lambda plan: f"{plan.org} · {plan.get_state_display()}",
        words=lambda plan: f"{plan.theme}\n{plan.main_line}",
        weight=lambda plan: 1 if plan.is_open else 0,
        # The items of an outline are written in bulk under this entry of their plan.
        also=lambda plan, verb: (
            Item.objects.filter(plan=plan.pk) if verb == "save_outline" else None
        ),
        related=("org",),
        position=10,
    )
)
register(
    Source(
        Item,
        "任务",
        ITEM_RULES["view"],
        title=lambda item: item.text[:SHOWN],
        note=lambda item: f"{item.plan} · {item.get_state_display()}",
        words=lambda item: f"{item.owner_words}\n{item.text[SHOWN:]}",
        weight=lambda item: 1 if item.is_unfinished else 0,
        only=~Q(kind__in=NO_TASKS),
        related=("plan",),
        position=20,
    )
)
