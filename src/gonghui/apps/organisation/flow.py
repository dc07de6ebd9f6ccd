"""The life of a unit without a union, until it has one."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from .actions import prospects
from .forms.prospects import FoundForm, PaperForm, WhyForm
from .models import Prospect
from .rules import keeps

FOUNDING = Flow(
    Prospect,
    (
        Transition("start", "开始筹建", ("waiting",), "preparing", keeps, is_main=True),
        Transition(
            "submit", "报批", ("preparing",), "submitted", keeps, form=PaperForm, is_main=True
        ),
        Transition(
            "found", "批准建会", ("submitted",), "founded", keeps,
            form=FoundForm, effect=prospects.found_union, is_main=True,
        ),
        Transition("return", "退回筹建", ("submitted",), "preparing", keeps, form=WhyForm),
        Transition("pause", "暂缓", ("waiting", "preparing"), "paused", keeps, form=WhyForm),
        Transition("resume", "重新筹建", ("paused",), "waiting", keeps),
    ),
)  # fmt: skip
