"""What is counted of bodies: unions of every kind, committees, what a union's record says."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare
from gonghui.core.orgs.models import (
    SMALL,
    UNIT,
    UPPER,
    WITHIN,
    Function,
    Kind,
    Org,
    UnionRecord,
    Unit,
)

from ..rules import ORG_RULES, reads

AREA = "organisation"
KIND = Split("kind", "类型", "kind")
grassroots = Q(kind__in=UNIT)

bodies = Source(
    "organisation.bodies",
    rows=lambda: Org.objects.all(),
    rule=ORG_RULES["view"],
    org="",
    since="since",
    until="until",
    columns=("name", "kind", "parent", "since", "until"),
    splits=(KIND,),
)
founded = Source(
    "organisation.founded",
    rows=lambda: Org.objects.exclude(since=None),
    rule=ORG_RULES["view"],
    org="",
    day="since",
    columns=("name", "kind", "parent", "since"),
    splits=(KIND,),
)
closed = Source(
    "organisation.closed",
    rows=lambda: Org.objects.exclude(until=None),
    rule=ORG_RULES["view"],
    org="",
    day="until",
    columns=("name", "kind", "parent", "until", "merged_into"),
    splits=(KIND,),
)
files = Source(
    "organisation.records",
    rows=lambda: UnionRecord.objects.filter(org__until=None, org__kind__in=UNIT),
    rule=reads,
    columns=("org", "employer", "unit", "industry", "legal_person", "own_accounts"),
    page="org",
    splits=(
        Split("unit", "单位类型", "unit"),
        Split("industry", "行业", "industry"),
        Split("economy", "经济类型", "economy"),
    ),
)


def _bodies(code: str, title: str, only: Q, about: str) -> Indicator:
    """Bodies that stand on the last day of the period."""
    return Indicator(f"organisation.{code}", title, "个", AREA, bodies, only=only, about=about)


def _of_unit(code: str, title: str, unit: Unit) -> Indicator:
    """Grassroots unions by what sort of unit their employer was registered as."""
    only, known = Q(record__unit=unit), Q(record__unit__gt="")
    about = f"期末存在、单位类型登记为{unit.label}的基层工会；谁都没有登记类型就是暂无。"
    return Indicator(
        f"organisation.{code}", title, "个", AREA, bodies,
        only=grassroots & only, among=grassroots & known, about=about,
    )  # fmt: skip


def _committees(code: str, title: str, function: Function) -> Indicator:
    """Committees of a sort; where none was ever entered it is not known whether there is none."""
    only, about = (
        Q(function=function),
        f"期末存在、登记为{function.label}的；谁都没有登记就是暂无。",
    )
    name = f"organisation.{code}"
    return Indicator(name, title, "个", AREA, bodies, only=only, among=only, about=about)


def share(code: str, title: str, over: str, under: str, about: str) -> Ratio:
    names = (f"organisation.{over}", f"organisation.{under}")
    return Ratio(f"organisation.{code}", title, "%", AREA, *names, about=about)


declare(
    _bodies("unions", "工会", Q(kind__in=UPPER | UNIT | WITHIN), "期末存在的各级工会，分会也算。"),
    _bodies("upper", "基层以上工会", Q(kind__in=UPPER), "地方、产业工会，工作委员会，联合会。"),
    _bodies("grassroots", "基层工会", grassroots, "期末存在的基层工会。"),
    *(
        _of_unit(f"grassroots_{unit}", f"{label}工会", unit)
        for unit, label in (
            (Unit.ENTERPRISE, "企业"),
            (Unit.INSTITUTION, "事业单位"),
            (Unit.ORGAN, "机关"),
            (Unit.SOCIAL, "社会组织"),
            (Unit.OTHER, "其他单位"),
        )
    ),
    _bodies("branches", "分会和车间工会", Q(kind__in=WITHIN), "期末存在的分会和车间工会。"),
    _bodies("teams", "班组", Q(kind__in=SMALL), "期末存在的班组、年级组、科室。"),
    _bodies(
        "associations",
        "协会和联谊会",
        Q(kind__in=(Kind.ASSOCIATION, Kind.FRIENDSHIP)),
        "期末存在的协会和联谊会。",
    ),
    _bodies("audits", "经费审查委员会", Q(function=Function.AUDIT), "期末存在的经费审查委员会。"),
    _bodies("women", "女职工委员会", Q(function=Function.WOMEN), "期末存在的女职工委员会。"),
    _committees("congresses", "职工代表大会", Function.WORKERS_CONGRESS),
    _committees("mediations", "劳动争议调解委员会", Function.MEDIATION),
    _committees("law", "劳动法律监督委员会", Function.LAW),
    _committees("protections", "劳动保护监督检查委员会", Function.PROTECTION),
    Indicator(
        "organisation.founded",
        "新建的基层工会",
        "个",
        AREA,
        founded,
        only=grassroots,
        about="成立日期在期内的基层工会；没有登记成立日期的不算。",
    ),
    Indicator(
        "organisation.closed",
        "撤并的基层工会",
        "个",
        AREA,
        closed,
        only=grassroots,
        about="终止日期在期内的基层工会，撤销的和并入别的工会的都算。",
    ),
    Indicator(
        "organisation.legal_persons",
        "取得法人资格的基层工会",
        "个",
        AREA,
        files,
        only=Q(legal_person=True),
        among=Q(legal_person__isnull=False),
        about="登记为取得法人资格的基层工会；没有登记的不算。",
    ),
    Indicator(
        "organisation.own_accounts",
        "建立一级财务管理的基层工会",
        "个",
        AREA,
        files,
        only=Q(own_accounts=True),
        among=Q(own_accounts__isnull=False),
        about="登记为建立一级财务管理的基层工会；没有登记的不算。",
    ),
    share(
        "legal_share",
        "法人资格比例",
        "legal_persons",
        "grassroots",
        "取得法人资格的占基层工会的多少。",
    ),
)
