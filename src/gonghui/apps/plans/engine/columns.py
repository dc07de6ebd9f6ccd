"""The column heads of plans' tables, whether a table is one or was pasted as lines."""

from __future__ import annotations

import re

from .numerals import fold

_WORDS = (
    "序号|编号|项次|时间|时间安排|月份|月度|日期|活动主题|主题|具体内容|内容|工作内容|工作任务|工作项目|工作事项|"
    "重点工作|重点任务|项目|任务|事项|活动内容|活动项目|活动名称|活动时间|活动形式|主要内容|主要工作|完成时限|"
    "完成时间|时限|期限|责任部门|责任单位|责任人|负责人|负责部门|牵头部门|牵头单位|配合部门|协办单位|主办单位|"
    "承办单位|地点|备注|措施|目标|目标任务|参加人员|参与对象|对象|经费|经费预算|预算|类别|阶段|要求|工作要求|"
    "具体措施|分管领导|周次|进度|指标|部门|单位"
)
HEAD = re.compile(rf"(?:{_WORDS})(?:及要求|及措施|\(.{{1,6}}\))?")
_LIKE_A_HEAD = re.compile(
    r".*(?:序号|编号|时间|月份|日期|主题|内容|任务|项目|事项|名称|形式|时限|期限|责任|负责|牵头|配合|地点|"
    r"备注|措施|目标|人员|对象|经费|预算|类别|阶段|要求|领导|周次|指标|进度|单位|部门|活动|工作).*"
)
# Columns of a year: 一季度, 3月, 上半年; what stands in them is done then.
_PERIOD = re.compile(
    r"第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?(?:-(?:1[0-2]|[1-9])月份?)?"
)
_KINDS = (
    ("period", _PERIOD),
    ("number", re.compile(r"序号|编号|项次|次序|No\.?")),
    ("helper", re.compile(r".*(?:配合|协办|协助|参与).*")),
    ("owner", re.compile(r".*(?:责任|负责|牵头|承办|主办|组织者|组织单位|经办|分管).*")),
    ("due", re.compile(r".*(?:完成|截止|截至|时限|期限).*")),
    ("time", re.compile(r".*(?:时间|月份|月度|日期|进度|周次|节点).*|月")),
)


def column_of(words: str) -> str:
    """What a column holds: number, owner, helper, due, time, period or text."""
    head = fold("".join(words.split()))
    return next((name for name, pattern in _KINDS if pattern.fullmatch(head)), "text")


def looks_like_head(words: str) -> bool:
    """A cell of a first row that may well be a column's head."""
    head = fold("".join(words.split()))
    return len(head) <= 12 and bool(_LIKE_A_HEAD.fullmatch(head) or _PERIOD.fullmatch(head))


def are_heads(line: str) -> int:
    """How many column heads a line consists of; 0 where it says anything else."""
    words = fold(line).split()
    return len(words) if all(HEAD.fullmatch(w) for w in words) else 0
