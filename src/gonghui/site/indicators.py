"""Figures that set the records of several apps beside each other; each app declares its own."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.credits.kinds import STUDY, kinds
from gonghui.core.credits.models import Credit
from gonghui.core.credits.rules import CREDIT_RULES
from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare, sexes

AREA = "learning"
ACHIEVED = ("award", "contest", "improvement", "skill")

# By where people belong today: a branch has what its people learned, whichever body gave it. What
# a class or a gathering gave is followed in a large tree by the making of the night alone.
studied = Source(
    "site.studied",
    rows=lambda: Credit.objects.standing().filter(kind__in=STUDY),
    rule=CREDIT_RULES["view"],
    org="person__org",
    day="on",
    person="person",
    personal=True,
    columns=("person", "words", "role", "amount", "unit", "on", "org"),
    splits=(Split("role", "身份", "role"), sexes()),
    follows={"archive.piece": "person__org", "reading.loan": "reader__org"},
)

# What people achieved, whoever put it on record: their archive, or what their team praised.
achieved = Source(
    "site.achieved",
    rows=lambda: Credit.objects.standing().filter(kind__in=ACHIEVED),
    rule=CREDIT_RULES["view"],
    org="person__org",
    day="on",
    person="person",
    personal=True,
    columns=("person", "words", "kind", "amount", "unit", "on", "org"),
    splits=(Split("kind", "类别", "kind", {code: kinds[code].label for code in ACHIEVED}), sexes()),
    follows={"archive.piece": "person__org", "teams.incentive": "org"},
)


def _achieved(code: str, kind: str, title: str) -> Indicator:
    about = f"日期在期内、工会确认的{title}，按职工现在的单位算。"
    only = Q(kind=kind)
    return Indicator(code, title, "项", AREA, achieved, only=only, sum="amount", about=about)


declare(
    _achieved("site.awards", "award", "荣誉"),
    _achieved("site.contests", "contest", "竞赛成绩"),
    _achieved("site.improvements", "improvement", "改进创新"),
    _achieved("site.skills", "skill", "绝技绝活"),
    Ratio(
        "site.training_share",
        "职工参训率",
        "%",
        AREA,
        "training.people",
        "membership.workers",
        about="期内参加过培训班的职工，占期末在册职工的多少；期内离开的人也在分子里。",
    ),
    Indicator(
        "site.hours",
        "学时",
        "学时",
        AREA,
        studied,
        only=Q(kind="course"),
        sum="amount",
        about="日期在期内的培训学时：本会办班合格的，和在外面学、工会确认的；按职工现在的单位算。",
    ),
    Ratio(
        "site.hours_each",
        "人均学时",
        "学时/人",
        AREA,
        "site.hours",
        "membership.workers",
        about="期内的培训学时除以期末在册的职工；期内离开的人的学时也在分子里。",
    ),
    Ratio(
        "site.study_each",
        "每百名职工学习活动",
        "次/百人",
        AREA,
        "activities.study",
        "membership.workers",
        about="期内举办的学习活动和讲座，按期末每百名在册职工算有多少次。",
    ),
    Ratio(
        "site.growth_share",
        "成长计划签订率",
        "%",
        AREA,
        "goals.agreed",
        "membership.workers",
        about="期内商定成长计划的职工，占期末在册职工的多少；期内离开的人也在分子里。",
    ),
    Indicator(
        "site.learning_hours",
        "学习活动时间",
        "小时",
        AREA,
        studied,
        only=Q(kind="learning"),
        sum="amount",
        about="参加、讲授期内学习培训类活动记下的小时数；按职工现在的单位算。",
    ),
    Indicator(
        "site.books",
        "读书",
        "本",
        AREA,
        studied,
        only=Q(kind="book"),
        sum="amount",
        about="读完日期在期内的书：记入学习档案的，和书屋借阅后记为读完的；按职工现在的单位算。",
    ),
    Ratio(
        "site.books_each",
        "人均读书",
        "本/人",
        AREA,
        "site.books",
        "membership.workers",
        about="期内读完的书除以期末在册的职工；期内离开的人读的也在分子里。",
    ),
    Indicator(
        "site.reflections",
        "心得",
        "篇",
        AREA,
        studied,
        only=Q(kind="reflection"),
        sum="amount",
        about="日期在期内、记入学习档案的心得，按职工现在的单位算。",
    ),
    Indicator(
        "site.learners",
        "参加学习的职工",
        "人",
        AREA,
        studied,
        people=True,
        about="期内有任何一种学习记录的职工，一人只算一次，按职工现在的单位算。",
    ),
    Ratio(
        "site.learning_share",
        "职工参学面",
        "%",
        AREA,
        "site.learners",
        "membership.workers",
        about="期内有学习记录的职工，占期末在册职工的多少；期内离开的人也在分子里。",
    ),
)
