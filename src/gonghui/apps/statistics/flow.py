"""The life of a form, and of a filing: filled, confirmed, approved and locked, or sent back."""

from __future__ import annotations

from gonghui.core.editions.drafting import life
from gonghui.core.flow.life import Flow, Transition

from .actions import filing
from .actions.forms import check
from .forms.filing import ConfirmForm, ReasonForm
from .models import Filing, Form
from .rules import FILING_RULES, writes

FORM = Flow(Form, life(writes, check, confirm="印发以后栏目不能再改，只能另立新版本。要印发吗？"))

_reviews = FILING_RULES["review"]

FILING = Flow(
    Filing,
    (
        Transition(
            "confirm", "确认上报", ("open", "returned"), "confirmed", writes,
            form=ConfirmForm, effect=filing.confirm, is_main=True,
        ),
        Transition(
            "withdraw", "撤回修改", ("confirmed",), "open", writes, effect=filing.withdraw
        ),
        Transition(
            "approve", "审核通过并锁定", ("confirmed",), "approved", _reviews,
            effect=filing.approve, is_main=True,
        ),
        Transition(
            "return", "退回", ("confirmed", "approved"), "returned", _reviews,
            form=ReasonForm, effect=filing.send_back,
        ),
    ),
)  # fmt: skip
