"""The lives of a scheme, a round, a sheet and an objection."""

from __future__ import annotations

from gonghui.core.editions.drafting import life
from gonghui.core.flow.life import Flow, Transition

from .actions import judging, raters, rounds, sheets
from .forms.steps import AnswerForm, ExtendForm, ReasonForm
from .models import RUNNING, Contender, Objection, Round, Scheme
from .queries.schemes import faults_of
from .queries.waiting import (
    keeps_from_applying,
    keeps_from_award,
    keeps_from_draw,
    keeps_from_handing_in,
    keeps_from_notice,
    keeps_from_ranking,
    keeps_from_visits,
    misses_in_ranking,
)
from .rules import APPLYING, answers, hands_in, holds, leaves, writes

SCHEME = Flow(
    Scheme, life(writes, faults_of, confirm="印发以后不能再改，只能另立新版本。要印发吗？")
)
ROUND = Flow(
    Round,
    (
        Transition(
            "begin", "开始申报", ("draft",), "applying", writes, is_main=True,
            waits=keeps_from_applying, confirm="开始以后，方案、时间和名额不能再改。要开始吗？",
        ),
        Transition(
            "extend", "延长申报", ("applying",), "applying", writes, form=ExtendForm,
            effect=rounds.extend,
        ),
        Transition(
            "rate", "抽签互评", ("applying",), "rating", writes, effect=raters.start_rating,
            waits=keeps_from_draw,
            confirm="按保留的种子抽签，本单位、上下级和声明回避的自动排除。申报随之结束。",
        ),
        Transition(
            "visit", "转入现场考评", ("applying", "rating"), "visiting", writes,
            waits=keeps_from_visits,
        ),
        Transition(
            "rank", "汇总评定", ("visiting",), "ranking", writes, effect=rounds.sum_up,
            waits=keeps_from_ranking, warns=misses_in_ranking, is_main=True,
            confirm="汇总以后还可以退回现场复核。要汇总吗？",
        ),
        Transition(
            "revisit", "退回现场复核", ("ranking",), "visiting", writes, form=ReasonForm,
            effect=rounds.revisit,
        ),
        Transition(
            "publish", "公示", ("ranking",), "notice", writes, effect=rounds.publish,
            waits=keeps_from_notice, is_main=True, confirm="公示的截止日期按规定的工作日自动算出。",
        ),
        Transition(
            "review", "重新评定", ("notice",), "ranking", writes, form=ReasonForm,
            effect=rounds.take_back,
        ),
        Transition(
            "award", "命名", ("notice",), "awarded", writes, waits=keeps_from_award,
            is_main=True, confirm="命名以后发放称号和证书。要命名吗？",
        ),
        Transition(
            "stop", "停止本轮", ("draft", *RUNNING), "stopped", writes, form=ReasonForm,
            effect=rounds.stop,
        ),
    ),
)  # fmt: skip
CONTENDER = Flow(
    Contender,
    (
        Transition(
            "hand_in", "报送", ("filling",), "handed", hands_in, effect=sheets.hand_in,
            waits=keeps_from_handing_in, is_main=True,
            confirm="报送时再取一次系统数据，以后不再变动。",
        ),
        Transition(
            "send_back", "退回修改", ("handed",), "filling", holds & APPLYING, form=ReasonForm,
            effect=sheets.send_back,
        ),
        Transition(
            "withdraw", "退出评估", ("filling", "handed"), "withdrawn", leaves, form=ReasonForm,
            effect=sheets.withdraw,
        ),
    ),
)  # fmt: skip
OBJECTION = Flow(
    Objection,
    (
        Transition(
            "uphold", "经核实属实", ("open",), "upheld", answers, form=AnswerForm,
            effect=judging.answer,
        ),
        Transition(
            "dismiss", "经核实不属实", ("open",), "dismissed", answers, form=AnswerForm,
            effect=judging.answer,
        ),
    ),
)  # fmt: skip
