"""The schemes shipped as examples to edit: our own templates, no authority's (domain §9.2–9.6).

A line is code | name | marks | method | who says | measure | evidence; a line of two parts is a
heading, and what follows it stands below it. ``记录@code`` is counted by an indicator; where people
judge, the indicator behind the ``@`` stands beside it. The measure of ``linear`` is none..all, of
``each`` and ``deduct`` the marks a piece, of ``ticks`` and ``level`` the options with their marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

BASIS = "示例模板：本系统编写，不是上级规定的评估表，请按本单位情况修改。"
BANDS = (("标兵", "90"), ("先进", "80"), ("合格", "60"))
HOMES = (("模范职工之家", "90"), ("先进职工之家", "80"), ("合格职工之家", "60"))  # domain §9.6
WAYS = {
    "比例": "linear", "每项": "each", "扣": "deduct", "条": "ticks", "档": "level", "评": "mark",
    "否": "veto",
}  # fmt: skip
WHO = {"记录": "records", "自": "self", "互": "peers", "上": "upper", "众": "members"}


@dataclass(frozen=True)
class Item:
    """One line of a template."""

    code: str
    name: str
    parent: str = ""
    weight: Decimal = Decimal(0)
    method: str = ""
    filler: str = ""
    indicator: str = ""
    full_at: Decimal | None = None
    zero_at: Decimal | None = None
    each: Decimal | None = None
    options: tuple[tuple[str, str], ...] = ()
    evidence: str = ""
    is_bonus: bool = False


@dataclass(frozen=True)
class Template:
    """A scheme as it is shipped."""

    code: str
    title: str
    target: str
    items: tuple[Item, ...]
    bands: tuple[tuple[str, str], ...] = BANDS
    basis: str = BASIS


def read(table: str) -> tuple[Item, ...]:
    """The items of a table written as above."""
    items: list[Item] = []
    heading = ""
    for line in filter(None, map(str.strip, table.splitlines())):
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 2:
            heading = cells[0] if cells[1] else ""
            if heading:
                items.append(Item(cells[0], cells[1]))
        else:
            items.append(_item(cells, heading))
    return tuple(items)


def _item(cells: list[str], heading: str) -> Item:
    code, name, weight, way, who, measure, evidence = [*cells, "", ""][:7]
    method, (source, _, indicator) = WAYS[way], who.partition("@")
    low, _, high = measure.partition("..")
    pairs = [part.strip().rsplit(" ", 1) for part in measure.split("；") if part.strip()]
    return Item(
        code,
        name,
        heading,
        Decimal(weight),
        method,
        WHO[source],
        indicator,
        full_at=Decimal(high) if method == "linear" else None,
        zero_at=Decimal(low) if method == "linear" else None,
        each=Decimal(measure) if method in {"each", "deduct"} else None,
        options=tuple((words, points) for words, points in pairs)
        if method in {"ticks", "level"}
        else (),
        evidence=evidence,
    )


VETOES = """
V | 一票否决
V1 | 重大安全责任事故 | 0 | 否 | 上
V2 | 违纪违法受到处理 | 0 | 否 | 上
V3 | 群体性劳动争议负主要责任 | 0 | 否 | 上
V4 | 拖欠职工工资 | 0 | 否 | 上
V5 | 弄虚作假 | 0 | 否 | 上
"""

UNIT = """
A | 组织领导
A1 | 有创争领导机构和分工，纳入单位规划和工会年度计划 | 5 | 条 | 上 | 成立领导机构的文件 2；列入年度计划 2；部门职责明确 1 | 文件、计划、职责分工
A2 | 专题研究创争工作，每年不少于 2 次 | 3 | 比例 | 自 | 0..2 | 会议记录
A3 | 职工教育经费按规定提取并用于一线 | 5 | 条 | 上 | 提取比例达到要求 3；用于一线的占六成及以上 2 | 财务凭证
A4 | 有与晋级、评优挂钩的考核激励制度 | 2 | 条 | 上 | 有制度并执行 2 | 制度文本
B | 学习机制
B1 | 年度培训覆盖率（%） | 8 | 比例 | 记录@site.training_share | 50..90 | 参训名单
B2 | 人均学时（学时/年） | 5 | 比例 | 记录@site.hours_each | 20..60 | 学时记录
B3 | 读书活动、讲座、沙龙（每百人场次） | 4 | 比例 | 记录@site.study_each | 0..6 | 活动记录
B4 | 学习阵地：职工书屋、电子书屋、培训基地 | 4 | 档 | 上@reading.rooms | 有且达标 4；有但未达标 2；没有 0 | 现场
B5 | 班组学习日制度执行率（%） | 4 | 比例 | 自 | 0..95 | 班组台账
C | 创建覆盖
C1 | 参加创建学习型班组的班组比例（%） | 5 | 比例 | 记录@teams.share | 0..80 | 班组名册
C2 | 个人学习成才计划签订率（%） | 5 | 比例 | 记录@site.growth_share | 0..80 | 个人计划
C3 | 先进班组、先进个人获奖（折算分） | 5 | 每项 | 自@titles.given | 1 | 证书
D | 素质提升
D1 | 技术工人中高级工以上占比（%） | 6 | 比例 | 记录@membership.senior_share | 15..40 | 技能等级证书
D2 | 学历、职称提升人数占比（%） | 4 | 比例 | 自 | 0..5 | 证书
D3 | 岗位练兵、技能竞赛参与率（%） | 6 | 比例 | 自@activities.contests | 20..70 | 竞赛记录
D4 | 师带徒：签约和出师 | 4 | 条 | 自@mentoring.running | 应签尽签 2；按期出师 2 | 师徒协议
E | 创新成果
E1 | 合理化建议人均件数 | 5 | 比例 | 自 | 0..1 | 建议台账
E2 | 建议采纳率三成及以上、实施率两成及以上 | 4 | 条 | 自 | 采纳率达到 2；实施率达到 2 | 建议台账
E3 | 创新成果、专利、工法（每百人项数） | 3 | 比例 | 自 | 0..2 | 成果证明
E4 | 建议和革新的经济效益经财务核定 | 3 | 条 | 上 | 有核定的效益 3 | 财务核定单
F | 成效与满意
F1 | 职工对学习氛围满意率（%） | 4 | 比例 | 众 | 60..90 | 问卷
F2 | 民主管理和劳动关系和谐 | 3 | 条 | 上 | 职代会按期召开 2；无重大争议 1 | 会议记录
F3 | 安全生产：无重伤以上事故 | 3 | 条 | 上 | 无重伤以上事故 3 | 安全台账
"""  # noqa: E501  # an item is one line

TEAM = """
T1 | 学习目标与计划公开上墙 | 8 | 条 | 上 | 年度计划上墙 4；月度计划上墙 4 | 现场照片
T2 | 集体学习次数（全年，每月不少于 2 次） | 12 | 比例 | 记录@activities.study | 0..24 | 学习记录
T3 | 成员参学率（%） | 10 | 比例 | 记录@site.learning_share | 70..95 | 签到
T4 | 人均学时（学时/年） | 8 | 比例 | 记录@site.hours_each | 20..60 | 学时记录
T5 | 岗位练兵、技能比武参与率（%） | 10 | 比例 | 自@activities.contests | 30..90 | 记录
T6 | 持证上岗率（%） | 6 | 比例 | 自@archive.certificates | 90..100 | 证书
T7 | 高级工以上、多能工比例（%） | 6 | 比例 | 自@membership.senior_share | 10..40 | 证书
T8 | 师带徒：在带的师徒（对） | 3 | 比例 | 记录@mentoring.running | 0..1 | 师徒协议
T81 | 师带徒：出师（对） | 2 | 比例 | 记录@mentoring.graduations | 0..1 | 出师评定
T9 | 合理化建议人均件数 | 8 | 比例 | 自 | 0..1 | 建议台账
T10 | 质量管理、五小、创新成果（项/年） | 7 | 比例 | 记录@teams.released | 0..1 | 成果
T11 | 生产任务和质量指标完成率（%） | 8 | 比例 | 上 | 95..100 | 生产报表
T12 | 安全：违章每起扣分 | 6 | 扣 | 上 | 2 | 安全台账
T13 | 民主管理：班务公开、民主生活会（次/年） | 4 | 比例 | 自 | 0..4 | 记录
T14 | 成员满意度（%） | 2 | 比例 | 众 | 70..95 | 问卷
V | 一票否决
V1 | 责任事故 | 0 | 否 | 上
V2 | 弄虚作假 | 0 | 否 | 上
"""

PERSON = """
P1 | 思想道德与职业操守（民主测评 %） | 10 | 比例 | 众 | 60..95 | 测评表
P2 | 个人学习计划完成率（%） | 10 | 比例 | 记录@goals.steps_share | 0..100 | 个人计划
P3 | 年学时 | 10 | 比例 | 记录@site.hours | 0..60
P4 | 学历、职业资格、职称 | 15 | 档 | 自@archive.certificates | 高级技师、正高级 15；技师、副高级 12；高级工、中级 9；中级工、助理级 6；其他 3 | 证书
P5 | 岗位业绩考核 | 15 | 档 | 上 | 优秀 15；良好 12；合格 9；不合格 0 | 考核结果
P6 | 技能竞赛名次 | 10 | 档 | 自@site.contests | 国家级 10；省级 10；市级 10；县级 8；单位 5；没有 0 | 证书
P7 | 合理化建议、革新、专利、论文（折算分） | 15 | 每项 | 自@site.improvements | 1 | 台账
P8 | 传帮带（徒弟人数） | 5 | 每项 | 记录@mentoring.taught | 2
P9 | 荣誉（每项 1 分） | 5 | 每项 | 记录@site.awards | 1
P10 | 群众评议（%） | 5 | 比例 | 众 | 70..95 | 测评表
"""  # noqa: E501  # an item is one line

HOME = """
H1 | 组织建设
H11 | 按期换届：逾期未换届的，每届扣分 | 5 | 扣 | 记录@elections.overdue | 5 | 届次
H12 | 主席依法选举产生 | 5 | 条 | 上@elections.held | 依法选举 5 | 选举结果
H13 | 入会率（%） | 5 | 比例 | 记录@membership.rate | 0..90
H14 | 女职工委员会和经费审查委员会健全 | 5 | 条 | 上@organisation.women | 女职工委员会 2.5；经费审查委员会 2.5
H2 | 维权机制
H21 | 职工代表大会制度 | 6 | 条 | 上@organisation.congresses | 按期召开 6 | 会议记录
H22 | 集体合同 | 6 | 条 | 上 | 签订并履行 6 | 合同
H23 | 劳动争议调解 | 4 | 条 | 上@organisation.mediations | 有调解组织和记录 4
H24 | 劳动保护监督 | 4 | 条 | 上@organisation.protections | 有监督组织和记录 4
H3 | 服务职工
H31 | 困难帮扶 | 6 | 评 | 上 | | 帮扶记录
H32 | 走访慰问（由本单位填写走访对象） | 4 | 评 | 上@activities.visits | | 走访记录
H33 | 普惠服务和活动阵地 | 6 | 评 | 上@activities.culture | | 活动记录
H34 | 职工书屋 | 4 | 档 | 上@reading.rooms | 达标 4；有但未达标 2；没有 0
H4 | 建功立业
H41 | 劳动和技能竞赛 | 5 | 评 | 上@activities.contests | | 竞赛记录
H42 | 合理化建议 | 5 | 评 | 上 | | 建议台账
H43 | 劳模和先进人物服务 | 5 | 评 | 上@honours.model_workers | | 记录
H5 | 经费资产
H51 | 独立账户 | 5 | 条 | 上@organisation.own_accounts | 有独立账户 5
H52 | 经费拨缴足额 | 5 | 条 | 上 | 足额拨缴 5 | 票据
H53 | 经费审查和公开 | 5 | 条 | 上 | 审查 2.5；公开 2.5
H6 | 会员评议
H61 | 会员评家满意率（%） | 10 | 比例 | 众 | 70..95 | 会员（代表）大会不记名评议
V | 一票否决
V1 | 超届未换届 | 0 | 否 | 上@elections.overdue
V2 | 经费未独立核算 | 0 | 否 | 上@organisation.own_accounts
V3 | 应建而未建职工代表大会制度 | 0 | 否 | 上
"""  # noqa: E501  # an item is one line

WORK = """
W1 | 按期换届：逾期未换届的，每届扣分 | 8 | 扣 | 记录@elections.overdue | 8 | 届次
W11 | 委员会健全 | 7 | 条 | 上 | 委员会健全 7 | 名单
W2 | 入会率（%） | 15 | 比例 | 记录@membership.rate | 0..90
W3 | 职工活动场次 | 15 | 比例 | 记录@activities.held | 0..4 | 活动记录
W4 | 学习培训场次 | 10 | 比例 | 记录@activities.taught | 0..6 | 培训记录
W5 | 报送信息（条） | 10 | 每项 | 记录@communication.news | 1 | 采用情况
W6 | 工作有创新 | 10 | 评 | 互
W7 | 职工得实惠 | 10 | 评 | 互
W8 | 会员满意率（%） | 15 | 比例 | 众 | 70..95 | 评议表
V | 一票否决
V1 | 弄虚作假 | 0 | 否 | 上
"""

TEMPLATES = (
    Template("unit", "学习型组织（单位）评估表", "unit", read(UNIT + VETOES)),
    Template("team", "学习型班组评估表", "team", read(TEAM)),
    Template("person", "知识型职工评估表", "person", read(PERSON)),
    Template("work", "工会工作评估表", "unit", read(WORK)),
    Template("home", "职工之家评估表", "unit", read(HOME), HOMES),
)
