"""The life of a form, and of a filing: filled, confirmed, approved and locked, or sent back."""

from __future__ import annotations

from gonghui.core.editions.drafting import life
from gonghui.core.flow.life import Flow, Transition

from .actions import filing
from .forms.filing import ConfirmForm, ReasonForm
from .models import Filing, Form
from .queries.forms import faults_of
from .queries.waiting import keeps_from_change, keeps_from_confirming
from .rules import FILING_RULES, lets_off, writes

FORM = Flow(
    Form, life(writes, faults_of, confirm="印发以后栏目不能再改，只能另立新版本。要印发吗？")
)

_reviews = FILING_RULES["review"]

FILING = Flow(
    Filing,
    (
        Transition(
            "confirm", "确认上报", ("open", "returned"), "confirmed", writes,
            form=ConfirmForm, effect=filing.confirm, is_main=True, waits=keeps_from_confirming,
        ),
        Transition(
            "withdraw", "撤回修改", ("confirmed",), "open", writes, effect=filing.withdraw,
            waits=keeps_from_change,
        ),
        Transition(
            "approve", "审核通过并锁定", ("confirmed",), "approved", _reviews,
            effect=filing.approve, is_main=True, waits=keeps_from_change,
        ),
        Transition(
            "return", "退回", ("confirmed", "approved"), "returned", _reviews,
            form=ReasonForm, effect=filing.send_back, waits=keeps_from_change,
        ),
        Transition(
            "let_off", "免报", ("open", "returned"), "let_off", lets_off,
            form=ReasonForm, effect=filing.let_off, waits=keeps_from_change,
        ),
        Transition(
            "ask_again", "恢复填报", ("let_off",), "open", lets_off,
            effect=filing.ask_again, waits=keeps_from_change,
        ),
    ),
)  # fmt: skip
