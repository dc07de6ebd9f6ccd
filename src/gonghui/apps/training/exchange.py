"""The columns of the list of questions that comes from Excel, and those lists are written with."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from gonghui.core.exchange.kinds import Kind, register
from gonghui.core.screens.exports import Column as Written
from gonghui.core.screens.exports import Export
from gonghui.core.sheets import cells
from gonghui.core.sheets.columns import Column

from .actions.bank import BankClerk
from .models import Answer, Exercise

_SORTS = {one.value: str(one.label) for one in Answer}
_ALSO = {
    "单选": "single", "单项选择": "single", "单项选择题": "single", "选择题": "single",
    "多选": "multiple", "多项选择": "multiple", "多项选择题": "multiple",
    "判断": "judge", "是非题": "judge", "填空": "blank",
}  # fmt: skip

QUESTIONS = (
    Column(
        "stem", "题目", cells.short_text(1000), synonyms=("题干", "试题", "问题", "内容"),
        example="灭火器压力表指针在哪个颜色区域表示正常？", required=True, width=40,
    ),
    Column(
        "answer", "题型", cells.choice(_SORTS, _ALSO), synonyms=("类型", "试题类型"),
        example="单选题", choices=_SORTS, required=True,
    ),
    Column(
        "topic", "主题", cells.short_text(40), synonyms=("知识点", "科目", "分类", "类别"),
        example="安全", required=True,
    ),
    *(
        Column(
            f"option{n}", f"选项{letter}", cells.short_text(300),
            synonyms=(letter, f"{letter}选项", f"答案{letter}"), example=example, width=18,
        )
        for n, (letter, example) in enumerate(
            zip("ABCDEFGH", ("绿色", "红色", "黄色", "", "", "", "", ""), strict=True)
        )
    ),
    Column(
        "key", "答案", cells.short_text(300), synonyms=("正确答案", "标准答案", "参考答案"),
        example="A", required=True,
        note="选择题写字母，判断题写对或错，填空题几种答法用 | 隔开。",
    ),
    Column("explanation", "解析", cells.short_text(1000), synonyms=("说明", "答案解析"), width=30),
)  # fmt: skip


def _in_words(numbers: Iterable[int]) -> dict[int, str]:
    rows = Exercise.objects.filter(pk__in=list(numbers))
    return {one.pk: f"{one.get_answer_display()} {one}" for one in rows}


register(
    Kind(
        code="exercises",
        label="题库",
        noun="题",
        model=Exercise,
        columns=QUESTIONS,
        keys={"stem": "题目和题型"},
        capability="learning.write",
        clerk=BankClerk,
        back="training:exercise-list",
        describe=_in_words,
        touches=("training.exercise",),
        notes=(
            "第 2 行是例子，不会导入，可以删去。",
            "同一题库里题目和题型一样的算同一题，可以更新答案和选项。",
        ),
        address=lambda pk: reverse("training:exercise-detail", args=[pk]),
        org_words=("导入到哪个组织的题库", "下级出卷时也能抽到这里的题。"),
    )
)

DEMANDS = Export(
    (
        Written("想学什么", lambda one: one.topic, 30),
        Written("提出单位", lambda one: one.org.name, 32),
        Written("年度", lambda one: one.year, 8),
        Written("类型", lambda one: one.get_kind_display()),
        Written("谁要学", lambda one: one.audience, 30),
        Written("人数", lambda one: one.people, 8),
        Written("希望月份", lambda one: one.month, 10),
        Written("纳入的项目", lambda one: str(one.programme or ""), 30),
        Written("状态", lambda one: one.get_state_display()),
    )
)
PROGRAMMES = Export(
    (
        Written("培训项目", lambda one: one.title, 30),
        Written("举办组织", lambda one: one.org.name, 32),
        Written("年度", lambda one: one.year, 8),
        Written("类型", lambda one: one.get_kind_display()),
        Written("形式", lambda one: one.get_form_display()),
        Written("培训谁", lambda one: one.audience, 30),
        Written("承办", lambda one: str(one.provider or ""), 24),
        Written("计划人数", lambda one: one.people, 10),
        Written("计划学时", lambda one: one.hours, 10),
        Written("计划自", lambda one: one.since),
        Written("计划至", lambda one: one.until),
        Written("已开（期）", lambda one: one.held, 10),
        Written("状态", lambda one: one.get_state_display()),
    )
)
LEARNERS = Export(
    (
        Written("姓名", lambda one: str(one)),
        Written("所在组织", lambda one: str(one.person.org) if one.person else "会外", 28),
        Written("培训班", lambda one: str(one.course), 36),
        Written("入学日期", lambda one: one.joined_on),
        Written("结果", lambda one: one.get_result_display()),
        Written("结果日期", lambda one: one.result_on),
        Written("学时", lambda one: one.course.hours if one.result == "passed" else None, 8),
        Written("成绩或等级", lambda one: one.grade),
        Written("证书编号", lambda one: one.certificate, 20),
    )
)
RESULTS = Export(
    (
        Written("姓名", lambda one: one.person.name),
        Written("所在组织", lambda one: str(one.person.org), 28),
        Written("测验", lambda one: str(one.quiz), 30),
        Written("第几次", lambda one: one.number, 8),
        Written("得分", lambda one: one.score, 8),
        Written("满分", lambda one: one.total, 8),
        Written("结果", lambda one: {True: "及格", False: "不及格"}.get(one.passed, ""), 10),
        Written("交卷时间", lambda one: one.handed_in_at, 18),
    )
)
