"""The columns with which bodies and posts are written out, and those of unions that come in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.urls import reverse

from gonghui.core.exchange.kinds import Kind, register
from gonghui.core.exchange.people import NOTES, ORG_WORDS, WHO, in_words
from gonghui.core.orgs.models import INDUSTRIES, UNIT, UPPER, WITHIN, Economy, Org, Unit
from gonghui.core.orgs.models import Kind as Body
from gonghui.core.people.models import Post, Way
from gonghui.core.screens.exports import Column, Export
from gonghui.core.sheets import cells
from gonghui.core.sheets.columns import Column as Read
from gonghui.core.sheets.columns import with_synonyms

from .actions.member_list import MemberClerk, body_to_fill
from .actions.union_list import UnionClerk
from .queries import today_of

ORGS = Export(
    (
        Column("全称", lambda org: org.name, 32),
        Column("简称", lambda org: org.short_name),
        Column("类型", lambda org: org.get_kind_display()),
        Column("上级", lambda org: org.parent.name if org.parent else "", 32),
        Column("第二上级", lambda org: org.second_parent.name if org.second_parent else "", 32),
        Column("成立日期", lambda org: org.since),
        Column("终止日期", lambda org: org.until),
    )
)

VERSIONS = Export(
    (
        Column("全称", lambda one: one.name, 32),
        Column("简称", lambda one: one.short_name),
        Column("类型", lambda one: one.get_kind_display()),
        Column("上级", lambda one: one.above, 32),
        Column("第二上级", lambda one: one.second_above, 32),
        Column("工会统一社会信用代码", lambda one: one.code, 22),
        Column("单位统一社会信用代码", lambda one: one.employer_code, 22),
        Column("自", lambda one: one.since),
        Column("至", lambda one: one.until),
        Column("今天", today_of, 24),
    )
)

POSTS = Export(
    (
        Column("姓名", lambda post: post.person.name),
        Column("组织", lambda post: post.org.name, 32),
        Column("职务", lambda post: post.title),
        Column("任职日期", lambda post: post.since),
        Column("离任日期", lambda post: post.until),
        Column("专职", lambda post: {True: "专职", False: "兼职"}.get(post.full_time, ""), 8),
        Column("产生方式", lambda post: post.get_way_display()),
        Column("责任", lambda post: post.get_duty_display()),
        Column("批复文号", lambda post: post.approval, 24),
        Column("批复日期", lambda post: post.approved_on),
        Column("劳动合同期满", lambda post: post.contract_until),
    )
)

PROSPECTS = Export(
    (
        Column("单位名称", lambda one: one.unit, 32),
        Column("负责的工会", lambda one: one.org.name, 32),
        Column("统一社会信用代码", lambda one: one.code, 22),
        Column("单位类型", lambda one: one.get_sort_display()),
        Column("职工数", lambda one: one.workers, 10),
        Column("联系人", lambda one: one.contact),
        Column("联系电话", lambda one: one.phone),
        Column("登记日期", lambda one: one.found_on),
        Column("状态", lambda one: one.get_state_display()),
    )
)

_KINDS = {one.value: str(one.label) for one in Body if one in UPPER | UNIT | WITHIN}
_ALSO = {
    "基层工会委员会": "grassroots", "基层委员会": "grassroots", "企业工会": "grassroots",
    "机关工会": "grassroots", "事业单位工会": "grassroots", "联合基层工会": "grassroots",
    "分会": "branch", "工会联合会（区域性）": "joint", "工会联合会（行业性）": "joint",
    "总工会": "federation", "县总工会": "federation", "市总工会": "federation",
    "系统工会": "industry", "产业工会委员会": "industry", "工会工委": "working_committee",
}  # fmt: skip
_UNITS = {str(value): str(label) for value, label in Unit.choices}
_ECONOMIES = {str(value): str(label) for value, label in Economy.choices}
_INDUSTRIES = dict(INDUSTRIES)
_SECTORS = {"制造": "C", "建筑": "E", "教育业": "P", "金融": "J", "卫生": "Q", "交通运输业": "G"}
_PRIVATE = {"私营企业": "private", "国有企业": "state", "国有独资": "state", "民营": "private"}

_COLUMNS = (
    Read(
        "name", "工会名称", cells.short_text(100), example="安澜机械公司工会", required=True,
        width=30,
    ),
    Read("short_name", "简称", cells.short_text(40)),
    Read(
        "kind", "工会类型", cells.choice(_KINDS, _ALSO), choices=_KINDS, width=16,
        note="不填按基层工会。",
    ),
    Read(
        "parent", "上级工会", cells.short_text(100), width=30,
        note="全称或简称；可以是这张表里的另一个工会；不填就建在导入时选的工会之下。",
    ),
    Read(
        "code", "工会统一社会信用代码", cells.code, width=24,
        note="18 位，基层工会以 81 开头。有了它，同一个工会再导入时不会重复登记。",
    ),
    Read("since", "建会日期", cells.day, strict=True, example="2008-05-01"),
    Read("approval", "建会批复文号", cells.short_text(60), width=20),
    Read("approved_on", "建会批复日期", cells.day, strict=True),
    Read("employer", "单位名称", cells.short_text(100), width=30),
    Read("employer_code", "单位统一社会信用代码", cells.code, width=24),
    Read("unit", "单位类型", cells.choice(_UNITS), choices=_UNITS),
    Read("division", "行政区划代码", cells.code, note="6 位行政区划代码。"),
    Read(
        "industry", "国民经济行业", cells.choice(_INDUSTRIES, _SECTORS), choices=_INDUSTRIES,
        width=24, note="GB/T 4754 的门类，也可以填字母 A 至 T。",
    ),
    Read("economy", "经济类型", cells.choice(_ECONOMIES, _PRIVATE), choices=_ECONOMIES),
    Read("workers", "职工数", cells.whole_number, note="不知道的留空，不要填 0。"),
    Read("women", "女职工数", cells.whole_number),
    Read("migrant", "农民工数", cells.whole_number),
    Read("dispatched", "劳务派遣工数", cells.whole_number),
    Read("hired", "聘用人员数", cells.whole_number),
    Read("count_day", "人数截至", cells.day, strict=True, note="不填按导入当天。"),
    Read("legal_person", "法人资格", cells.yes_or_no, note="填「有」或「无」。"),
    Read("certificate", "法人资格证书号", cells.short_text(40), width=20),
    Read("own_accounts", "独立账户", cells.yes_or_no, note="填「有」或「无」。"),
    Read("address", "地址", cells.short_text(100), width=30),
)  # fmt: skip

UNIONS = with_synonyms(_COLUMNS, Path(__file__).with_name("union_heads.json"))


def _in_words(unions: Iterable[int]) -> dict[int, str]:
    rows = Org.objects.filter(pk__in=list(unions)).select_related("parent", "record")
    return {one.pk: _one(one) for one in rows}


def _one(org: Org) -> str:
    record = getattr(org, "record", None)
    said = (org.name, f"{org.parent}之下" if org.parent else "", record.code if record else "")
    return "，".join(filter(None, said))


def _page(pk: int) -> str:
    return reverse("organisation:org-detail", args=[pk])


register(
    Kind(
        code="unions",
        label="工会名单",
        noun="工会",
        model=Org,
        columns=UNIONS,
        keys={"code": "工会代码", "name": "工会名称", "employer": "单位代码"},
        capability="organisation.write",
        clerk=UnionClerk,
        back="organisation:org-list",
        describe=_in_words,
        touches=("orgs.org", "orgs.unionrecord", "orgs.headcount"),
        notes=(
            "第 2 行是例子，不会导入，可以删去。",
            "代码所在的列已设为文本，请不要改成数字。",
            "会员数、分会数、专兼职干部数按记录自动算，不用填；届次、主席、委员会在各自的页面登记。",
            "上级和类型与库里不同的，只提示，不改；请到工会的页面办「调整上级」。",
        ),
        address=_page,
        org_words=("建在哪个工会之下", "表里没有写上级的工会，都建在它的下面。"),
        same="同一个工会",
    )
)

_WAYS = {one.value: str(one.label) for one in Way}
MEMBERS = (
    *WHO,
    Read(
        "title", "职务", cells.short_text(40), ("身份", "代表类别", "会内职务"),
        note="会员代表大会、职工代表大会的代表可以不填，其他机构要填。",
    ),
    Read(
        "since", "任职日期", cells.day, ("当选日期", "任职时间", "当选时间", "自哪天起"),
        "2026-03-01", strict=True, note="不填按导入当天。",
    ),
    Read("way", "产生方式", cells.choice(_WAYS), choices=_WAYS),
    Read("full_time", "专职", cells.yes_or_no, note="填「是」或「否」，不清楚就空着。"),
    Read("approval", "批复文号", cells.short_text(60), ("批复", "文号"), width=24),
)  # fmt: skip

register(
    Kind(
        code="members",
        label="成员名单",
        noun="人",
        model=Post,
        columns=MEMBERS,
        keys={"name": "姓名和所在单位、职务"},
        capability="organisation.write",
        clerk=MemberClerk,
        back="organisation:org-detail",
        describe=in_words,
        touches=("people.post", "orgs.org"),
        notes=NOTES,
        about=body_to_fill,
        org_words=("成员是哪个组织的人", ORG_WORDS[1]),
        changes=False,
    )
)
