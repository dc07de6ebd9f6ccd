"""The lives of an election and of a departure."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from .actions import departures, seating, steps
from .forms.steps import (
    ApprovalForm,
    ConsentForm,
    ConveneForm,
    DecideForm,
    PublishForm,
    ReasonForm,
    StepForm,
    SubmitForm,
)
from .models import Departure, Election
from .queries.waiting import keeps_from_asking, keeps_from_meeting, keeps_from_result
from .rules import buries, prepares, upper, writes

LIFE = Flow(
    Election,
    (
        Transition(
            "agree", "党组织同意", ("draft",), "agreed", prepares,
            form=StepForm, effect=steps.agree, is_main=True, waits=keeps_from_asking,
        ),
        Transition(
            "submit", "报请上级", ("agreed",), "submitted", prepares,
            form=StepForm, effect=steps.submit, is_main=True,
        ),
        Transition(
            "permit", "批复同意", ("submitted",), "permitted", upper,
            form=ApprovalForm, effect=steps.permit, is_main=True,
        ),
        Transition("return", "退回修改", ("submitted", "agreed"), "draft", upper, form=ReasonForm),
        Transition(
            "nominate", "候选人审查通过", ("permitted",), "nominated", prepares,
            form=StepForm, effect=steps.nominate, is_main=True,
        ),
        Transition(
            "publish", "公示", ("nominated",), "published", prepares,
            form=PublishForm, effect=steps.publish, is_main=True,
        ),
        Transition(
            "object", "重新审查候选人", ("nominated", "published"), "permitted", prepares,
            form=ReasonForm, effect=steps.reopen_names,
        ),
        Transition(
            "convene", "召开大会", ("published",), "convened", prepares,
            form=ConveneForm, effect=steps.convene, is_main=True, waits=keeps_from_meeting,
        ),
        Transition(
            "settle", "宣布结果", ("convened",), "settled", prepares, effect=steps.settle,
            confirm="两个人录入的计票一致后，按得票确定当选人。", is_main=True,
            waits=keeps_from_result,
        ),
        Transition(
            "report", "结果报批", ("settled",), "reported", prepares,
            form=StepForm, effect=steps.report, is_main=True,
        ),
        Transition(
            "confirm", "批复结果", ("reported",), "confirmed", upper,
            form=ApprovalForm, effect=seating.confirm, is_main=True,
        ),
        Transition(
            "reject", "退回结果", ("reported",), "convened", upper,
            form=ReasonForm, effect=steps.reopen_count,
        ),
        Transition(
            "archive", "归档", ("confirmed",), "archived", writes,
            form=StepForm, effect=steps.archive, is_main=True,
        ),
        Transition(
            "cancel", "取消", ("draft", "agreed", "permitted", "nominated", "published"),
            "cancelled", prepares, form=ReasonForm,
        ),
        Transition(
            "end", "随工会终止",
            (
                "draft", "agreed", "submitted", "permitted", "nominated", "published", "convened",
                "settled", "reported",
            ),
            "cancelled", buries, confirm="工会已经撤销或者并入别的工会，这次选举不再进行。",
        ),
    ),
)  # fmt: skip

DEPARTURE = Flow(
    Departure,
    (
        Transition(
            "decide", "本级表决通过", ("proposed",), "decided", prepares,
            form=DecideForm, effect=departures.decide, is_main=True,
        ),
        Transition(
            "submit", "报上级", ("decided",), "submitted", prepares,
            form=SubmitForm, effect=departures.submit, is_main=True,
        ),
        Transition(
            "consent", "上级同意", ("submitted",), "done", upper,
            form=ConsentForm, effect=departures.consent, is_main=True,
        ),
        Transition("refuse", "不同意", ("submitted",), "refused", upper, form=ReasonForm),
        Transition(
            "drop", "不再办理", ("proposed", "decided"), "refused", prepares, form=ReasonForm
        ),
        Transition(
            "end", "随工会终止", ("proposed", "decided", "submitted"), "refused", buries,
            confirm="工会已经撤销或者并入别的工会，这件离任不再办理。",
        ),
    ),
)  # fmt: skip
