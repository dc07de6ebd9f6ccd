"""The life of a title: it holds for its term, is renewed, lowered or withdrawn."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from . import actions
from .forms import DowngradeForm, RenewForm, WithdrawForm
from .models import Title
from .rules import gives

TITLE = Flow(
    Title,
    (
        Transition(
            "renew", "复评合格", ("standing",), "renewed", gives, form=RenewForm,
            effect=actions.renew, is_main=True,
        ),
        Transition(
            "downgrade", "降级", ("standing",), "downgraded", gives, form=DowngradeForm,
            effect=actions.downgrade,
        ),
        Transition(
            "withdraw", "撤销", ("standing", "renewed"), "withdrawn", gives, form=WithdrawForm,
            effect=actions.withdraw,
        ),
    ),
)  # fmt: skip
