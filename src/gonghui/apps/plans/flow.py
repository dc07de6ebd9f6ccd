"""The lives of a plan, of a task, and of a task passed down."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach
from gonghui.core.flow.life import Flow, Transition

from . import actions
from .actions import passing
from .forms.passing import AcceptForm, ReportForm
from .forms.steps import ApproveForm, CloseForm, FinishForm, PutOffForm, ReasonForm
from .models import Directive, Item, Plan
from .rules import DIRECTIVE_RULES, ITEM_RULES, reviewer, writer

LIFE = Flow(
    Plan,
    (
        Transition(
            "submit", "送审", ("draft", "returned"), "submitted", writer,
            effect=actions.submit_plan, is_main=True,
        ),
        Transition("withdraw", "撤回", ("submitted",), "draft", writer),
        Transition(
            "approve", "通过", ("submitted",), "approved", reviewer,
            form=ApproveForm, effect=actions.approve_plan, is_main=True,
        ),
        Transition(
            "return", "退回", ("submitted", "approved"), "returned", reviewer,
            form=ReasonForm, effect=actions.return_plan,
        ),
        Transition("issue", "印发", ("approved",), "issued", reviewer, is_main=True),
        Transition("run", "开始执行", ("issued",), "running", writer, is_main=True),
        Transition(
            "close", "总结归档", ("running",), "closed", reviewer,
            form=CloseForm, effect=actions.close_plan,
        ),
        Transition("resume", "重新执行", ("closed",), "running", reviewer),
        Transition(
            "discard", "作废", ("draft", "returned"), "discarded", writer,
            confirm="作废后不再出现在列表里，可以随时恢复。",
        ),
        Transition("restore", "恢复", ("discarded",), "draft", writer),
    ),
)  # fmt: skip

_works = ITEM_RULES["work"]
_leads = in_reach("plans.write") & ITEM_RULES["work"]

TASK_LIFE = Flow(
    Item,
    (
        Transition("start", "开始办", ("not_started", "put_off"), "doing", _works),
        Transition(
            "finish", "办完了", ("not_started", "doing", "put_off"), "done", _works,
            form=FinishForm, effect=actions.finish_task, is_main=True,
        ),
        Transition(
            "put_off", "推迟", ("not_started", "doing", "put_off"), "put_off", _leads,
            form=PutOffForm, effect=actions.put_off_task,
        ),
        Transition(
            "drop", "不再办", ("not_started", "doing", "put_off"), "dropped", _leads,
            form=ReasonForm, effect=actions.drop_task,
        ),
        Transition(
            "reopen", "重新办", ("done", "dropped"), "doing", _leads, effect=actions.reopen_task
        ),
    ),
)  # fmt: skip

_receives = DIRECTIVE_RULES["receive"]
_sends = DIRECTIVE_RULES["send"]

PASSING = Flow(
    Directive,
    (
        Transition(
            "accept", "接收", ("sent",), "accepted", _receives,
            form=AcceptForm, effect=passing.accept, is_main=True,
        ),
        Transition(
            "report", "上报", ("accepted", "returned"), "reported", _receives,
            form=ReportForm, effect=passing.report, is_main=True,
        ),
        Transition(
            "return", "退回重报", ("reported",), "returned", _sends,
            form=ReasonForm, effect=passing.send_back,
        ),
        Transition(
            "finish", "办结", ("reported",), "finished", _sends,
            effect=passing.finish_directive, is_main=True,
        ),
    ),
)  # fmt: skip
