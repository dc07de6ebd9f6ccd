"""The life of an activity: from the draft to the filed record, put off or called off on the way."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from .actions import activities as effects
from .forms.steps import Announce, CallOff, Postpone
from .models import Activity, State
from .rules import holder, organiser

holds = holder | organiser

LIFE = Flow(
    Activity,
    (
        Transition(
            "announce", "发通知", (State.DRAFT, State.POSTPONED), State.ANNOUNCED, holds,
            form=Announce, effect=effects.announce, is_main=True,
        ),
        Transition(
            "open", "开放报名", (State.ANNOUNCED, State.CLOSED), State.OPEN, holds,
            effect=effects.open_signing, is_main=True,
        ),
        Transition("close", "截止报名", (State.OPEN,), State.CLOSED, holds),
        Transition(
            "hold", "已举办", (State.ANNOUNCED, State.OPEN, State.CLOSED), State.HELD, holds,
            effect=effects.hold, is_main=True,
        ),
        Transition(
            "record", "完成记录", (State.HELD,), State.RECORDED, holds,
            effect=effects.check_record, is_main=True,
        ),
        Transition("reopen", "继续补记", (State.RECORDED,), State.HELD, holds),
        Transition("file", "归档", (State.RECORDED,), State.FILED, holder, is_main=True),
        Transition(
            "postpone", "延期", (State.ANNOUNCED, State.OPEN, State.CLOSED), State.POSTPONED, holds,
            form=Postpone, effect=effects.postpone,
        ),
        Transition(
            "cancel", "取消活动",
            (State.DRAFT, State.ANNOUNCED, State.OPEN, State.CLOSED, State.POSTPONED),
            State.CANCELLED, holds, form=CallOff, effect=effects.call_off,
        ),
    ),
)  # fmt: skip
