"""The kinds of gathering; an app registers its own, with what is special to it."""

from __future__ import annotations

from dataclasses import dataclass

from gonghui.kit.registry import Registry


@dataclass(frozen=True)
class Kind:
    """A kind of gathering; ``gains`` heads the part of its record that says what came of it.

    ``groups`` is what its places are shared out to, ``item`` the word one of them is counted in,
    ``no_group`` to say that one takes none.
    """

    code: str
    label: str
    area: str = "activities"  # the left-hand menu's area it is counted under
    gains: str = "收获"
    has_minutes: bool = False  # its record is minutes: who said what, what was decided
    suggested: tuple[str, ...] = ()  # festivals and days it is offered for
    groups: str = "组别或项目"
    no_group: str = "不分组"
    item: str = "项"  # what one of them is counted in
    has_results: bool = False  # people compete in them, and somebody wins


CONGRESS = "congress"  # held by the union or by its congress as a body; ORG-07 counts it
kinds: Registry[Kind] = Registry("activity kinds")

for _kind in (
    Kind("meeting", "会议", area="plans", gains="议定事项", has_minutes=True),
    Kind(CONGRESS, "会员（代表）大会", area="plans", gains="议定事项", has_minutes=True),
    Kind("study", "学习活动", area="learning", gains="学习收获"),
    Kind("training", "培训班", area="learning", gains="培训效果"),
    Kind("lecture", "讲座", area="learning", gains="主要内容"),
    Kind("forum", "座谈交流", gains="意见和建议", has_minutes=True, suggested=("妇女节", "教师节")),
    Kind(
        "sport",
        "体育活动",
        gains="成绩",
        has_results=True,
        suggested=("妇女节", "劳动节", "青年节", "国庆节"),
    ),
    Kind(
        "culture",
        "文艺活动",
        gains="成果",
        has_results=True,
        suggested=("春节", "元宵节", "妇女节", "劳动节", "端午节", "国庆节"),
    ),
    Kind("contest", "比赛", area="contests", gains="结果", has_results=True),
    Kind("association", "协会活动", gains="活动小结", has_results=True),
    Kind(
        "friendship",
        "联谊活动",
        gains="活动小结",
        has_results=True,
        suggested=("青年节", "七夕"),
    ),
    Kind("health", "体检与健康", gains="结果反馈"),
    Kind(
        "visit",
        "走访慰问",
        area="care",
        gains="走访情况",
        suggested=("春节", "中秋节", "教师节", "重阳节"),
    ),
    Kind(
        "volunteer", "志愿服务", gains="服务成效", groups="班次", no_group="哪一班都行", item="班"
    ),
    Kind("gala", "会演晚会", gains="活动小结", suggested=("春节", "元宵节", "中秋节")),
    Kind("other", "其他活动", gains="活动小结", has_results=True),
):
    kinds.add(_kind.code, _kind)


def kind_choices() -> list[tuple[str, str]]:
    """Code and label of every kind, as a form's choices."""
    return [(kind.code, kind.label) for kind in kinds]
