"""The kinds of credit; whoever gives a new kind registers it."""

from __future__ import annotations

from dataclasses import dataclass

from gonghui.kit.registry import Registry

from .models import Unit


@dataclass(frozen=True)
class Kind:
    """What is earned, and in which unit it is counted."""

    code: str
    label: str
    unit: Unit = Unit.HOUR


kinds: Registry[Kind] = Registry("kinds of credit")

# What counts as some form of study; work for others and pastimes do not.
STUDY = (
    "learning", "course", "contribution", "book", "periodical", "reflection", "note", "paper",
    "degree", "certificate",
)  # fmt: skip

for _kind in (
    Kind("learning", "学习培训"),
    Kind("service", "志愿服务"),
    Kind("activity", "文体及其他活动"),
    Kind("course", "培训学时", Unit.CLASS_HOUR),
    Kind("contribution", "发言交流", Unit.TIME),
    Kind("showing", "活动展示", Unit.TIME),
    Kind("book", "读书", Unit.BOOK),
    Kind("periodical", "报刊阅读", Unit.TIME),
    Kind("reflection", "学习心得", Unit.PIECE),
    Kind("note", "学习笔记", Unit.PIECE),
    Kind("paper", "论文与成果", Unit.PIECE),
    Kind("degree", "学历进修", Unit.ITEM),
    Kind("certificate", "证书与技能等级", Unit.ITEM),
    Kind("contest", "竞赛成绩", Unit.ITEM),
    Kind("improvement", "改进创新", Unit.ITEM),
    Kind("skill", "绝技绝活", Unit.ITEM),
    Kind("award", "荣誉", Unit.ITEM),
):
    kinds.add(_kind.code, _kind)


def kind_choices() -> list[tuple[str, str]]:
    """Code and label of every kind, as a form's choices."""
    return [(kind.code, kind.label) for kind in kinds]
