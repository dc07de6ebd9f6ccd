"""The lives of a need, a programme, a class and a test."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from .actions import courses, planning, quizzes
from .forms.steps import CancelForm, DeclineForm, MergeForm
from .models import (
    Course,
    CourseState,
    Demand,
    DemandState,
    Programme,
    ProgrammeState,
    Quiz,
    QuizState,
)
from .rules import keeper

DEMAND = Flow(
    Demand,
    (
        Transition(
            "submit", "提出", (DemandState.DRAFT,), DemandState.SUBMITTED, keeper, is_main=True
        ),
        Transition("withdraw", "收回", (DemandState.SUBMITTED,), DemandState.DRAFT, keeper),
        Transition(
            "merge", "纳入项目", (DemandState.SUBMITTED,), DemandState.MERGED, keeper,
            form=MergeForm, effect=planning.merge, is_main=True,
        ),
        Transition(
            "decline", "不采纳", (DemandState.SUBMITTED,), DemandState.DECLINED, keeper,
            form=DeclineForm,
        ),
        Transition(
            "reopen", "重新考虑", (DemandState.MERGED, DemandState.DECLINED),
            DemandState.SUBMITTED, keeper, effect=planning.release,
        ),
    ),
)  # fmt: skip

PROGRAMME = Flow(
    Programme,
    (
        Transition(
            "plan", "列入计划", (ProgrammeState.DRAFT,), ProgrammeState.PLANNED, keeper,
            is_main=True,
        ),
        Transition(
            "close", "办结", (ProgrammeState.PLANNED,), ProgrammeState.CLOSED, keeper,
            effect=planning.close_programme,
        ),
        Transition("reopen", "重新开办", (ProgrammeState.CLOSED,), ProgrammeState.PLANNED, keeper),
    ),
)  # fmt: skip

COURSE = Flow(
    Course,
    (
        Transition(
            "settle", "确认结果", (CourseState.RUNNING,), CourseState.SETTLED, keeper,
            effect=courses.settle_course, is_main=True,
        ),
        Transition(
            "reopen", "重新核定", (CourseState.SETTLED,), CourseState.RUNNING, keeper,
            effect=courses.reopen_course,
        ),
        Transition(
            "cancel", "停办", (CourseState.RUNNING,), CourseState.CANCELLED, keeper,
            form=CancelForm, effect=courses.cancel_course,
        ),
    ),
)  # fmt: skip

QUIZ = Flow(
    Quiz,
    (
        Transition(
            "open", "开放测验", (QuizState.DRAFT,), QuizState.OPEN, keeper,
            effect=quizzes.open_quiz, is_main=True,
        ),
        Transition(
            "close", "结束测验", (QuizState.OPEN,), QuizState.CLOSED, keeper,
            effect=quizzes.close_quiz, confirm="还没有交卷的，按已经存好的答案交卷。确定结束吗？",
        ),
    ),
)  # fmt: skip
