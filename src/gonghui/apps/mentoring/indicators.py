"""Figures of mentoring: pairs that go on, graduations, hours of lessons, recognitions."""

from __future__ import annotations

from gonghui.core.indicators.registry import Indicator, Source, Split, declare, sexes

from .models import Grade, Lesson, Pair, Recognition, State, Worker
from .rules import LESSON_RULES, PAIR_RULES, RECOGNITION_RULES

HELD = (State.AGREED, State.RUNNING, State.GRADUATED, State.ENDED)

pairs = Source(
    "mentoring.pairs",
    rows=lambda: Pair.objects.filter(state__in=HELD, mentor_agreed_at__isnull=False),
    rule=PAIR_RULES["view"],
    day="since",
    person="apprentice",
    personal=True,
    columns=("mentor", "apprentice", "field", "org", "since", "until", "state"),
    splits=(sexes("apprentice"), Split("state", "状态", "state", dict(State.choices))),
)
running = Source(
    "mentoring.running",
    rows=lambda: Pair.objects.filter(state__in=HELD, mentor_agreed_at__isnull=False),
    rule=PAIR_RULES["view"],
    since="since",
    until="ended_on",
    person="apprentice",
    columns=("mentor", "apprentice", "field", "org", "since", "ended_on", "state"),
)
taught = Source(
    "mentoring.taught",
    rows=lambda: Pair.objects.filter(state__in=HELD, mentor_agreed_at__isnull=False),
    rule=PAIR_RULES["view"],
    day="since",
    person="mentor",
    personal=True,
    columns=("mentor", "apprentice", "field", "org", "since", "ended_on", "state"),
    splits=(sexes("mentor"),),
)
graduations = Source(
    "mentoring.graduations",
    rows=lambda: Pair.objects.filter(state=State.GRADUATED),
    rule=PAIR_RULES["view"],
    day="ended_on",
    person="apprentice",
    personal=True,
    columns=("mentor", "apprentice", "field", "org", "ended_on", "grade"),
    splits=(Split("grade", "评定", "grade", dict(Grade.choices)),),
)
lessons = Source(
    "mentoring.lessons",
    rows=lambda: Lesson.objects.confirmed(),
    rule=LESSON_RULES["view"],
    org="pair__org",
    day="on",
    columns=("pair", "what", "on", "hours", "by"),
    page="pair",
    follows={"mentoring.pair": "org"},
)
recognitions = Source(
    "mentoring.recognitions",
    rows=lambda: Recognition.objects.filter(state=Recognition.State.STANDING),
    rule=RECOGNITION_RULES["view"],
    day="on",
    person="person",
    columns=("person", "kind", "org", "on", "decided_by"),
    splits=(sexes(), Split("kind", "类型", "kind", dict(Worker.choices))),
)
declare(
    Indicator(
        "mentoring.pairs", "师徒签约", "对", "learning", pairs,
        about="结对日期在期内、双方已经同意的。",
    ),
    Indicator(
        "mentoring.taught", "带徒弟", "对", "learning", taught,
        about="结对日期在期内、双方已经同意的，按师傅算。",
    ),
    Indicator(
        "mentoring.running", "师徒在带", "对", "learning", running,
        about="期末已经签约、还没有出师或终止的。",
    ),
    Indicator(
        "mentoring.graduations", "出师", "对", "learning", graduations, about="出师日期在期内的。"
    ),
    Indicator(
        "mentoring.lessons", "带教", "次", "learning", lessons, about="期内双方确认的记录。"
    ),
    Indicator(
        "mentoring.lesson_hours", "带教时间", "小时", "learning", lessons, sum="hours",
        about="期内双方确认的带教记录写明的小时数相加。",
    ),
    Indicator(
        "mentoring.recognised", "认定为四型职工", "人", "learning", recognitions, people=True,
        about="期内被认定为道德型、知识型、技能型或健康型职工的人，一人只算一次。",
    ),
)  # fmt: skip
