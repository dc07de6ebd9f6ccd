"""The life of a topic: proposed, worked at, released to the team, praised."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from .actions import topics
from .forms.steps import PraiseForm, ReasonForm, ReleaseForm
from .models import Topic, TopicState
from .rules import holder, leader

works = holder | leader

TOPIC_LIFE = Flow(
    Topic,
    (
        Transition(
            "start", "立题攻关", (TopicState.PROPOSED,), TopicState.RUNNING, holder, is_main=True
        ),
        Transition(
            "release", "发布成果", (TopicState.RUNNING,), TopicState.RELEASED, works,
            form=ReleaseForm, effect=topics.release, is_main=True,
        ),
        Transition(
            "praise", "表彰", (TopicState.RELEASED,), TopicState.PRAISED, holder,
            form=PraiseForm, effect=topics.praise, is_main=True,
        ),
        Transition(
            "reopen", "继续攻关", (TopicState.RELEASED, TopicState.PRAISED), TopicState.RUNNING,
            holder, form=ReasonForm, effect=topics.reopen,
        ),
        Transition(
            "drop", "不再做", (TopicState.PROPOSED, TopicState.RUNNING), TopicState.DROPPED, works,
            form=ReasonForm,
        ),
        Transition("resume", "重新提出", (TopicState.DROPPED,), TopicState.PROPOSED, works),
    ),
)  # fmt: skip
