"""The columns with which people are written out, and those of the roster that comes in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.urls import reverse

from gonghui.core.exchange.kinds import Kind, register
from gonghui.core.people.models import (
    Degree,
    Document,
    Education,
    Employment,
    EmploymentStatus,
    Gig,
    Household,
    Person,
    Politics,
    Sex,
    Skill,
    TitleLevel,
)
from gonghui.core.people.models.words import ETHNICITIES
from gonghui.core.people.tags import words_of
from gonghui.core.screens.exports import Column, Export
from gonghui.core.sheets import cells
from gonghui.core.sheets.columns import Column as Read
from gonghui.core.sheets.columns import with_synonyms

from .actions.roster import RosterClerk
from .queries.counts import employment_of


def _birthday(person: Person) -> str:
    """The day of the year, which a birthday needs; the year it does not (R-374)."""
    return f"{person.birth_date:%m-%d}" if person.birth_date else ""


PEOPLE = Export(
    (
        Column("姓名", lambda person: person.name),
        Column(
            "所在组织", lambda person: getattr(person, "then_name", None) or person.org.name, 32
        ),
        Column("性别", lambda person: person.get_sex_display(), 8),
        Column("用工形式", employment_of),
        Column("加入日期", lambda person: person.joined_on),
        Column("离开日期", lambda person: person.left_on),
        Column("生日", _birthday, 8),
        Column("标签", lambda person: "、".join(words_of(person)), 24),
    )
)

BY_ID_CARD = "不填按居民身份证。"
FROM_NUMBER = "有身份证号可以不填。"
_SEXES = {"男性": "male", "女性": "female"}
_DEGREES = {"博士学位": "2", "硕士学位": "3", "学士学位": "4", "无学位": ""}
_PEOPLES = dict(ETHNICITIES)
# What people write where the dictionary has another word.
_EMPLOYMENTS = {
    "在编人员": "permanent", "事业编": "permanent", "行政编": "permanent", "编制内": "permanent",
    "正式": "permanent", "正式工": "permanent", "合同": "contract", "合同工": "contract",
    "劳动合同": "contract", "劳动合同制": "contract", "聘用制": "hired", "聘任": "hired",
    "派遣": "dispatched", "派遣工": "dispatched", "劳务派遣工": "dispatched",
    "劳务": "dispatched", "代理": "agency", "人事代理": "agency",
}  # fmt: skip
_POLITICS = {
    "党员": "01", "中共党员(含预备党员)": "01", "预备党员": "02", "团员": "03",
    "共青团": "03", "无党派": "12", "普通群众": "13", "无": "13", "群 众": "13",
}  # fmt: skip
_EDUCATIONS = {
    "硕士研究生": "10", "博士研究生": "10", "硕士": "10", "博士": "10", "研究生及以上": "10",
    "本科": "20", "大学": "20", "本科及以上": "20", "专科": "30", "大专": "30", "高职": "30",
    "中专": "40", "中职": "40", "技校": "40", "职高": "40", "中技": "40", "高中": "60",
    "高中及以下": "60", "中学": "70", "初中及以下": "70",
}  # fmt: skip
_STATUSES = {"在职": "on_duty", "在职在岗": "on_duty", "离退休": "retired", "参军": "army"}
_HOUSEHOLDS = {
    "农业户口": "rural",
    "农村": "rural",
    "非农": "urban",
    "城镇": "urban",
    "城镇户口": "urban",
}
_SKILLS = {
    "初级": "5", "五级": "5", "初级工": "5", "中级": "4", "四级": "4", "中级工": "4",
    "高级": "3", "三级": "3", "高级工": "3", "技师": "2", "二级": "2", "高级技师": "1", "一级": "1",
}  # fmt: skip
_TITLES = {
    "初级": "assistant", "助理": "assistant", "中级职称": "middle", "高级": "vice",
    "副高级": "vice", "正高级": "full", "正高职称": "full", "副高职称": "vice",
}  # fmt: skip


def _words(choices: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices}


def _chosen(
    field: str, head: str, choices: dict[str, str], also: dict[str, str] | None = None, **more: str
) -> Read:
    """A column in which one of a few words stands."""
    return Read(field, head, cells.choice(choices, also), choices=choices, **more)  # type: ignore[arg-type]  # texts all


_COLUMNS = (
    Read("name", "姓名", cells.name(50), example="安澜", required=True, width=12),
    Read(
        "number", "证件号码", cells.code, sealed=True, example="11010519491231002X", width=24,
        note="身份证号填 18 位。有了它，同一个人再导入时不会重复登记。",
    ),
    _chosen("document", "证件类型", _words(Document.choices), {"身份证": "1"}, note=BY_ID_CARD),
    _chosen("sex", "性别", _words(Sex.choices), _SEXES, note=FROM_NUMBER),
    Read("birth_date", "出生日期", cells.day, example="1990-05-01", note=FROM_NUMBER),
    _chosen("ethnicity", "民族", _PEOPLES, {v.removesuffix("族"): k for k, v in _PEOPLES.items()}),
    _chosen("politics", "政治面貌", _words(Politics.choices), _POLITICS),
    _chosen("education", "学历", _words(Education.choices), _EDUCATIONS),
    _chosen("degree", "学位", _words(Degree.choices), _DEGREES),
    Read("mobile", "手机号", cells.code, sealed=True, example="13800000000", width=16),
    Read(
        "org", "所在组织", cells.short_text(100), width=24,
        note="分会、车间工会或班组的全称或简称；不填则登记在导入时选的组织。",
    ),
    Read("employer", "单位", cells.short_text(100), width=24),
    Read("department", "部门", cells.short_text(60), example="生产部"),
    Read("position", "岗位", cells.short_text(60), example="操作工"),
    Read("duty", "职务", cells.short_text(60)),
    _chosen("employment", "用工形式", _words(Employment.choices), _EMPLOYMENTS),
    _chosen("work_status", "就业状况", _words(EmploymentStatus.choices), _STATUSES),
    _chosen("gig", "新就业形态", _words(Gig.choices)),
    Read("is_migrant", "农民工", cells.yes_or_no, note="填「是」或「否」。"),
    _chosen("household", "户籍类型", _words(Household.choices), _HOUSEHOLDS),
    Read("domicile", "户籍地区划", cells.code, note="6 位行政区划代码。"),
    Read("residence", "现住地区划", cells.code, note="6 位行政区划代码。"),
    _chosen("skill", "技术等级", _words(Skill.choices), _SKILLS),
    _chosen("title_level", "职称", _words(TitleLevel.choices), _TITLES),
    Read(
        "joined_on", "入会日期", cells.day, strict=True, example="2015-07-01",
        note="填了就是会员，从这一天起；不填只登记为职工，不算会员。要写到日。",
    ),
    Read("card_no", "会员证号", cells.code),
    Read("left_on", "离开日期", cells.day, strict=True, note="已经离开的人填，要写到日。"),
    Read("former_unit", "原单位", cells.short_text(100)),
)  # fmt: skip

ROSTER = with_synonyms(_COLUMNS, Path(__file__).with_name("roster_heads.json"))


def _in_words(people: Iterable[int]) -> dict[int, str]:
    """People told apart by where they are and when they were born."""
    rows = Person.objects.filter(pk__in=list(people)).select_related("org")
    return {
        person.pk: "，".join(
            filter(None, (person.name, str(person.birth_date or ""), str(person.org)))
        )
        for person in rows
    }


def _page(pk: int) -> str:
    return reverse("membership:person-detail", args=[pk])


register(
    Kind(
        code="roster",
        label="花名册",
        noun="人",
        model=Person,
        columns=ROSTER,
        keys={
            "number": "证件号码",
            "card": "会员证号",
            "birth": "姓名和出生日期",
            "mobile": "姓名和手机号",
        },
        capability="people.write",
        clerk=RosterClerk,
        back="membership:person-list",
        describe=_in_words,
        touches=("people.person", "people.membership", "people.identity"),
        notes=(
            "第 2 行是例子，不会导入，可以删去。",
            "身份证号、手机号、会员证号所在的列已设为文本，请不要改成数字。",
            "日期写成 2026-01-05、2026/1/5、2026.1.5、2026年1月5日 或 20260105 都可以。",
        ),
        address=_page,
    )
)
