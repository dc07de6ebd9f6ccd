"""What each sort of report consists of, and the texts a union begins with; a union has its own.

A figure stands in a text as ``{code of the indicator}``; ``{单位}`` and ``{期间}`` are whose and
which days. The texts are ours (示例模板), prescribed by nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

BLANK = "【待填】"
# Parts nobody words: they are made of what the records hold, by ``parts.py`` and by apps.
MADE = frozenset({"news", "best", "weak", "next", "tasks", "targets"})


@dataclass(frozen=True)
class Sort:
    """A sort of report: its name, its title (``{period}``), and its chapters with their parts."""

    label: str
    title: str
    chapters: tuple[tuple[str, tuple[str, ...]], ...]
    has_addressee: bool = False


FIGURES = (
    "organisation", "membership", "elections", "cadres", "learning", "training", "activities",
    "volunteering", "communication",
)  # fmt: skip
LIVELY = ("membership", "learning", "training", "activities", "volunteering", "communication")

SORTS: dict[str, Sort] = {
    "summary": Sort(
        "年度总结",
        "{period}工作总结",
        (
            ("总体情况", ("opening",)),
            ("主要工作", FIGURES),
            ("计划和指标完成情况", ("plans", "tasks", "targets")),
            ("先进单位", ("best",)),
            ("经验做法", ("lessons",)),
            ("存在不足", ("weak",)),
            ("下一步打算", ("next",)),
        ),
    ),
    "monthly": Sort(
        "工作月报",
        "{period}工作月报",
        (
            ("主要数字", LIVELY),
            ("计划执行", ("plans", "targets")),
            ("要留意的问题", ("weak",)),
            ("下一步打算", ("next",)),
        ),
        has_addressee=True,
    ),
    "brief": Sort(
        "工作简报",
        "{period}工作简报",
        (("工作动态", ("news",)), ("有关数字", LIVELY)),
        has_addressee=True,
    ),
    "experience": Sort(
        "经验材料",
        "{period}工作经验材料",
        (
            ("基本情况", ("opening", "organisation")),
            ("主要做法", ("doings",)),
            ("取得的成效", LIVELY),
            ("做得好的单位", ("best",)),
            ("几点体会", ("lessons",)),
        ),
    ),
}

TITLES = {
    "opening": "开头",
    "organisation": "组织建设",
    "membership": "会员工作",
    "elections": "换届选举",
    "cadres": "干部与制度",
    "learning": "学习创争",
    "training": "教育培训",
    "activities": "文体活动",
    "volunteering": "志愿服务",
    "communication": "宣传信息",
    "plans": "计划执行",
    "doings": "主要做法",
    "lessons": "经验体会",
}

TEXTS = {
    "opening": "{期间}，{单位}围绕中心工作，认真履行职责，各项工作情况如下。",
    "organisation": (
        "现有基层工会{organisation.grassroots}，分会和车间工会{organisation.branches}，"
        "班组{organisation.teams}；期内新建基层工会{organisation.founded}，"
        "取得法人资格的占{organisation.legal_share}。"
    ),
    "membership": (
        "在册职工{membership.workers}，会员{membership.members}，入会率{membership.rate}；"
        "期内入会{membership.joined}，女会员占{membership.women_share}。"
    ),
    "elections": (
        "期内应换届{elections.due}，换届选举{elections.renewals}；"
        "逾期未换届{elections.overdue}，占在届的{elections.overdue_share}。"
    ),
    "cadres": (
        "期内通过规章制度{cadres.decided}，现行{cadres.rules}；"
        "干部待遇落实率{cadres.entitlements_share}。"
    ),
    "learning": (
        "参加创建的班组{teams.taking}，占班组的{teams.share}；班前班后学习{teams.studies}；"
        "记入档案的读书{archive.books}、学习心得{archive.reflections}；"
        "职工书屋{reading.rooms}，借书{reading.loans}。"
    ),
    "training": (
        "举办培训班{training.courses}，培训{training.times}、{training.people}，"
        "职工参训率{site.training_share}，合格率{training.pass_rate}；"
        "师徒签约{mentoring.pairs}。"
    ),
    "activities": (
        "举办活动{activities.held}，参加{participation.times}、{participation.people}，"
        "会员参加面{participation.share}，每次活动平均参加{participation.average}。"
    ),
    "volunteering": (
        "志愿服务活动{volunteering.held}，服务{volunteering.times}、{volunteering.people}，"
        "服务时间{volunteering.hours}。"
    ),
    "communication": (
        "印发简报{communication.briefs}，报送信息{communication.news}，"
        "经验材料{communication.experiences}；被采用{communication.adopted}。"
    ),
    "plans": (
        "到期任务{plans.due}，完成{plans.done}，完成率{plans.done_share}，"
        "按期完成率{plans.in_time_share}；逾期{plans.late}。"
    ),
    "doings": BLANK,
    "lessons": BLANK,
}
