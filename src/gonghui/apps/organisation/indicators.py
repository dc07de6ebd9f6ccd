"""What is counted of bodies: unions, committees, posts, units without a union, outside contacts."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import in_reach
from gonghui.core.indicators.registry import (
    Indicator,
    Ratio,
    Source,
    Split,
    ages,
    declare,
    sexes,
)
from gonghui.core.orgs.models import (
    CONGRESSES,
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
from gonghui.core.people.models import CHAIR, Post
from gonghui.core.people.models.words import Category

from .models import AssociationReview, Contact, Exchange, Prospect, SurveyNote
from .rules import (
    ASSOCIATIONREVIEW_RULES,
    CONTACT_RULES,
    ORG_RULES,
    POST_RULES,
    PROSPECT_RULES,
    reads,
)

AREA = "organisation"
KIND = Split("kind", "类型", "kind")
grassroots = Q(kind__in=UNIT)
DELEGATE = Q(org__function=Function.WORKERS_CONGRESS)

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
posts = Source(
    "organisation.posts",
    rows=lambda: Post.objects.exclude(org__function__in=CONGRESSES),
    rule=POST_RULES["view"],
    since="since",
    until="until",
    person="person",
    columns=("person", "org", "title", "since", "full_time", "way"),
    splits=(sexes(), ages(), Split("way", "产生方式", "way")),
)
seats = Source(
    "organisation.seats",
    rows=lambda: Post.objects.all(),
    rule=POST_RULES["view"],
    since="since",
    until="until",
    person="person",
    columns=("person", "org", "title", "since"),
    splits=(sexes(), ages(), Split("category", "职工类别", "person__category")),
)
prospects = Source(
    "organisation.prospects",
    rows=lambda: Prospect.objects.open(),
    rule=PROSPECT_RULES["view"],
    columns=("unit", "org", "found_on", "workers", "keeper", "state"),
    splits=(Split("state", "状态", "state"), Split("sort", "单位类型", "sort")),
)
found_prospects = Source(
    "organisation.prospects_found",
    rows=lambda: Prospect.objects.all(),
    rule=PROSPECT_RULES["view"],
    day="found_on",
    columns=("unit", "org", "found_on", "workers", "keeper", "state"),
    splits=(Split("state", "状态", "state"), Split("sort", "单位类型", "sort")),
)
surveys = Source(
    "organisation.surveys",
    rows=lambda: SurveyNote.objects.all(),
    rule=in_reach("organisation.view", field="prospect__org"),
    org="prospect__org",
    day="on",
    columns=("prospect", "prospect__org", "on", "by"),
    page="prospect",
    follows={"organisation.prospect": "org"},
)
reviews = Source(
    "organisation.reviews",
    rows=lambda: AssociationReview.objects.all(),
    rule=ASSOCIATIONREVIEW_RULES["view"],
    day="on",
    columns=("org", "on", "members", "verdict"),
    splits=(Split("verdict", "评估结论", "verdict"),),
)
contacts = Source(
    "organisation.contacts",
    rows=lambda: Contact.objects.all(),
    rule=CONTACT_RULES["view"],
    since="since",
    columns=("name", "sort", "org", "place", "since"),
    splits=(Split("sort", "类型", "sort"),),
)
exchanges = Source(
    "organisation.exchanges",
    rows=lambda: Exchange.objects.all(),
    rule=in_reach("organisation.view", field="contact__org"),
    org="contact__org",
    day="on",
    columns=("contact", "contact__org", "on", "subject", "people"),
    page="contact",
    splits=(Split("sort", "类型", "contact__sort"),),
    follows={"organisation.contact": "org"},
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


def _holders(code: str, title: str, only: Q, about: str, among: Q | None = None) -> Indicator:
    """People who hold a post on the last day, each once."""
    return Indicator(
        f"organisation.{code}",
        title,
        "人",
        AREA,
        posts,
        only=only,
        people=True,
        among=among,
        about=about,
    )


def _committees(code: str, title: str, function: Function) -> Indicator:
    """Committees of a sort; where none was ever entered it is not known whether there is none."""
    only, about = (
        Q(function=function),
        f"期末存在、登记为{function.label}的；谁都没有登记就是暂无。",
    )
    name = f"organisation.{code}"
    return Indicator(name, title, "个", AREA, bodies, only=only, among=only, about=about)


def _sitting(code: str, title: str, function: Function) -> Indicator:
    """People who sit in committees of a sort."""
    only, about = Q(org__function=function), f"期末在{function.label}任职的人，一人只算一次。"
    return _holders(code, title, only, about, only)


def _delegates(code: str, title: str, only: Q, about: str) -> Indicator:
    """Delegates of workers' congresses on the last day, each person once."""
    return Indicator(
        f"organisation.{code}",
        title,
        "人",
        AREA,
        seats,
        only=DELEGATE & only,
        people=True,
        among=DELEGATE,
        about=about,
    )


def _share(code: str, title: str, over: str, under: str, about: str) -> Ratio:
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
    _delegates("delegates", "职工代表", Q(), "期末任职工代表的人，一人只算一次。"),
    _delegates("delegates_women", "女职工代表", Q(person__sex="female"), "期末任职工代表的女性。"),
    _delegates(
        "delegates_front",
        "一线职工代表",
        Q(person__category=Category.FRONT_LINE),
        "期末任职工代表、职工类别登记为一线职工的人；没有登记类别的不算。",
    ),
    _committees("mediations", "劳动争议调解委员会", Function.MEDIATION),
    _sitting("mediators", "劳动争议调解员", Function.MEDIATION),
    _committees("law", "劳动法律监督委员会", Function.LAW),
    _sitting("inspectors_of_law", "劳动法律监督员", Function.LAW),
    _committees("protections", "劳动保护监督检查委员会", Function.PROTECTION),
    _sitting("inspectors", "劳动保护监督检查员", Function.PROTECTION),
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
    _share(
        "legal_share",
        "法人资格比例",
        "legal_persons",
        "grassroots",
        "取得法人资格的占基层工会的多少。",
    ),
    Indicator(
        "organisation.posts",
        "任职",
        "个",
        AREA,
        posts,
        about="期末在任的职务，会员代表、职工代表不算；一人几职算几个。",
    ),
    _holders("holders", "任职的人", Q(), "期末任有职务的人，一人几职只算一次。"),
    _holders(
        "full_time",
        "专职工会干部",
        Q(full_time=True),
        "期末登记为专职的人；没有登记的不算。",
        Q(full_time__isnull=False),
    ),
    _holders(
        "part_time",
        "兼职工会干部",
        Q(full_time=False),
        "期末登记为兼职的人；没有登记的不算。",
        Q(full_time__isnull=False),
    ),
    _holders("women_holders", "任职的女性", Q(person__sex="female"), "期末任有职务的女性。"),
    _share(
        "women_holders_share", "任职女性占比", "women_holders", "holders", "任职的人里女性多少。"
    ),
    _holders("chairs", "工会主席", Q(title=CHAIR), "期末任主席的人。"),
    _holders("chairs_women", "女主席", Q(title=CHAIR, person__sex="female"), "期末任主席的女性。"),
    _holders(
        "chairs_full_time",
        "专职主席",
        Q(title=CHAIR, full_time=True),
        "期末任主席、登记为专职的人；没有登记的不算。",
        Q(title=CHAIR, full_time__isnull=False),
    ),
    _holders(
        "chairs_part_time",
        "兼职主席",
        Q(title=CHAIR, full_time=False),
        "期末任主席、登记为兼职的人；没有登记的不算。",
        Q(title=CHAIR, full_time__isnull=False),
    ),
    Indicator(
        "organisation.prospects",
        "未建会单位",
        "家",
        AREA,
        prospects,
        about="现在还没有建会的单位；只知道现在的数。",
    ),
    Indicator(
        "organisation.prospects_found",
        "登记的未建会单位",
        "家",
        AREA,
        found_prospects,
        about="登记日期在期内的单位，后来建会的也算。",
    ),
    Indicator(
        "organisation.surveys", "建会调研", "次", AREA, surveys, about="调研日期在期内的调研记录。"
    ),
    Indicator(
        "organisation.reviews", "协会评估", "次", AREA, reviews, about="评估日期在期内的协会评估。"
    ),
    Indicator(
        "organisation.contacts", "对外联系单位", "家", AREA, contacts, about="期末登记在册的单位。"
    ),
    Indicator(
        "organisation.exchanges", "对外交流", "次", AREA, exchanges, about="日期在期内的交流。"
    ),
)
