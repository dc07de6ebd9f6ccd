"""The offices of 安澜市 as data: whose term runs how, what unions file, who has no union yet."""

from __future__ import annotations

from dataclasses import dataclass

# What a committee or group is for, by the end of its key.
FUNCTIONS = {
    "audit": "audit",
    "women": "women",
    "open": "openness",
    "safety": "safety",
    "culture": "culture",
    "living": "livelihood",
    "lead": "leading",
    "learning": "leading",
    "congress": "congress",
    "workers": "workers_congress",
}


@dataclass(frozen=True)
class DemoTerm:
    """``began`` years ago the committee was elected, for ``years``; the usual one is (2, 5)."""

    number: int
    began: int = 2
    years: int = 5


USUAL = DemoTerm(4)
# Some are due within months, some are long overdue: this is what the city is to notice.
TERMS = {
    "city": DemoTerm(9, 3),
    "machinery": DemoTerm(6),
    "school": DemoTerm(5, 2, 3),
    "gas": DemoTerm(7, 4),
    "freight": DemoTerm(8, 2, 3),
    "archive": DemoTerm(3, 4, 3),
    "transport": DemoTerm(5, 6),
    "market": DemoTerm(2, 4, 3),
    "water-pump": DemoTerm(3, 5, 3),
    "bank": DemoTerm(4, 4),
}
EXTENDED = {"transport": 6}  # months longer, as the union above permitted
VACANT = {"justice": 4}  # months since the chair left
UNAPPROVED = frozenset({"market", "water-survey"})  # a chair nobody elected or approved
NEW_CHAIRS = {"health": 40, "store": 75}  # days ago a by-election seated the chair
TRANSFERS = (("chem", "gas"), ("store", "market"), ("post", "bank"))  # from and to
AUDITING_CHAIR = "freight"  # its chair also sits in the audit committee
UNFILED = frozenset({"water-sewage", "market"})  # no approval of their founding on file
FULL_TIME = frozenset({"city", "machinery", "energy", "commerce", "education", "organs"})

# key | employer | sort | industry | economy | own accounts
_RECORDS = """
machinery | 安澜机械有限公司 | enterprise | C | company | yes
gas | 安澜燃气有限公司 | enterprise | D | state | yes
chem | 安澜化工厂 | enterprise | C | state | yes
thermal | 安澜热电厂 | enterprise | D | state | yes
freight | 安澜货运处 | enterprise | G | state | yes
post | 安澜邮政分公司 | enterprise | G | state | yes
store | 安澜百货大楼股份有限公司 | enterprise | F | shares | yes
bank | 安澜城市商业银行 | enterprise | J | shares | yes
market | 惠民超市 | enterprise | F | private |
school | 安澜市第三实验学校 | institution | P | state | yes
university | 安澜大学 | institution | P | state | yes
finance | 安澜市财政局 | organ | S | |
schooling | 安澜市教育局 | organ | S | |
transport | 安澜市交通运输局 | organ | S | |
rivers | 安澜市水利局 | organ | S | |
health | 安澜市卫生健康委员会 | organ | S | |
justice | 安澜市司法局 | organ | S | |
archive | 安澜市档案馆 | institution | S | |
"""
DIVISION = "119999"  # a code the standard gives to no county


@dataclass(frozen=True)
class DemoRecord:
    body: str
    employer: str
    unit: str
    industry: str
    economy: str
    own_accounts: bool | None


def _record(line: str) -> DemoRecord:
    body, employer, unit, industry, economy, own = (cell.strip() for cell in line.split("|"))
    return DemoRecord(body, employer, unit, industry, economy, True if own else None)


RECORDS = tuple(_record(line) for line in _RECORDS.strip().splitlines())


@dataclass(frozen=True)
class DemoProspect:
    """A unit without a union; ``days`` ago it was found, ``steps`` say how far it has come."""

    body: str
    unit: str
    sort: str
    workers: int
    women: int
    contact: str
    days: int
    surveys: tuple[tuple[int, str], ...] = ()
    steps: tuple[str, ...] = ()


PROSPECTS = (
    DemoProspect(
        "county", "澜东县康宁养老服务中心", "social", 46, 38, "办公室马主任", 160,
        ((120, "负责人支持建会，担心增加负担；已讲清经费政策。"),
         (35, "职工座谈，二十多人愿意入会，推选了三名筹备人选。")),
        ("start",),
    ),
    DemoProspect(
        "district", "城中区蓝骑士配送站", "enterprise", 83, 9, "站长老严", 90,
        ((60, "骑手流动大，多数愿意先加入行业工会联合会；夏季高温饮水是第一诉求。"),),
    ),
    DemoProspect(
        "commerce", "安澜新区创客园", "enterprise", 31, 14, "园区物业葛经理", 200,
        ((150, "园内九家小企业，每家三四个人，适合联合建会。"),),
        ("start",),
    ),
    DemoProspect("county", "澜东县启明幼儿园", "institution", 24, 23, "园长办公室", 20),
)  # fmt: skip


@dataclass(frozen=True)
class DemoContact:
    body: str
    name: str
    sort: str
    place: str
    exchanges: tuple[tuple[int, str, int, str], ...] = ()


CONTACTS = (
    DemoContact(
        "post", "安澜百货大楼工会", "customer", "安澜市",
        ((150, "乒乓球友谊赛", 24, "约定每季度一次联谊活动。"),),
    ),
    DemoContact(
        "energy", "临江省电力工会", "advanced", "外省",
        ((210, "班组建设学习交流", 12, "带回班组长讲评的办法，已在两个班组试行。"),),
    ),
    DemoContact("machinery", "青桥机床公司工会", "friend", "邻市"),
)  # fmt: skip

# What two unions ask of themselves in their own plans: key, body, percentage, the paper.
OWN_STANDARDS = (
    ("rate_min_hired", "organs", "80", "安澜市直机关工会工作委员会{year}年工作报告与安排"),
    ("rate_min_dispatched", "machinery", "85", "安澜机械公司工会{year}年工作计划"),
)

# A roster as a unit sends it: honest mistakes, nothing meant badly.
ROSTER_HEAD = ("姓名", "身份证号码", "手机", "班组", "用工性质", "入会时间")
