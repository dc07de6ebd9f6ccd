"""The columns with which honours are written out, and those of a list that comes in."""

from __future__ import annotations

from django.urls import reverse

from gonghui.core.exchange.kinds import Kind, register
from gonghui.core.exchange.people import NOTES, ORG_WORDS, WHO, in_words
from gonghui.core.screens.exports import Column, Export
from gonghui.core.sheets import cells
from gonghui.core.sheets import columns as sheet

from .actions import HonourClerk
from .models import Honour, Level, Sort

HONOURS = Export(
    (
        Column("姓名", lambda one: one.person.name),
        Column("登记的组织", lambda one: one.org.name, 32),
        Column("荣誉名称", lambda one: one.title, 28),
        Column("类别", lambda one: one.get_sort_display()),
        Column("级别", lambda one: one.get_level_display(), 10),
        Column("授予机关", lambda one: one.granted_by, 28),
        Column("授予日期", lambda one: one.granted_on),
        Column("表彰文号", lambda one: one.document, 24),
        Column("证书号", lambda one: one.certificate, 20),
        Column("推荐单位", lambda one: one.nominated_by, 28),
        Column("撤销日期", lambda one: one.revoked_on),
        Column("撤销原因和文号", lambda one: one.revoked_for, 32),
    )
)

_SORTS = {one.value: str(one.label) for one in Sort}
_LEVELS = {one.value: str(one.label) for one in Level}
LISTED = (
    *WHO,
    sheet.Column(
        "title", "荣誉名称", cells.short_text(60), ("荣誉", "荣誉称号", "称号", "获奖名称"),
        "全国劳动模范", required=True, width=28, note="照证书书写。",
    ),
    sheet.Column(
        "sort", "类别", cells.choice(_SORTS), ("荣誉类别",), choices=_SORTS,
        note="不填时按荣誉名称认；名称里没有的要填。",
    ),
    sheet.Column(
        "level", "级别", cells.choice(_LEVELS), ("荣誉级别", "等级"), "国家级", required=True,
        choices=_LEVELS,
    ),
    sheet.Column(
        "granted_by", "授予机关", cells.short_text(60), ("授予单位", "颁发单位", "表彰单位"),
        "中共中央、国务院", required=True, width=28,
    ),
    sheet.Column(
        "granted_on", "授予日期", cells.day, ("授予时间", "获奖时间", "表彰时间", "表彰日期"),
        "2020-11-24", required=True, strict=True,
    ),
    sheet.Column("document", "表彰文号", cells.short_text(60), ("文号", "表彰文件"), width=24),
    sheet.Column("certificate", "证书号", cells.short_text(40), ("证书编号",), width=20),
    sheet.Column("nominated_by", "推荐单位", cells.short_text(100), ("申报单位",), width=28),
)  # fmt: skip

register(
    Kind(
        code="honours",
        label="荣誉",
        noun="条",
        model=Honour,
        columns=LISTED,
        keys={"name": "姓名和所在单位、荣誉名称、授予日期"},
        capability="honours.write",
        clerk=HonourClerk,
        back="honours:honour-list",
        describe=in_words,
        touches=("honours.honour",),
        notes=NOTES,
        address=lambda pk: reverse("honours:honour-detail", args=[pk]),
        org_words=ORG_WORDS,
        changes=False,
    )
)
