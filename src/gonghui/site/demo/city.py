"""The bodies of 安澜市 as data: who stands below whom, who is led twice, how many belong."""

from __future__ import annotations

from dataclasses import dataclass

DEMO_PASSWORD = "gonghui-2026"  # noqa: S105 — printed by `make run`, valid in the demo only


@dataclass(frozen=True)
class Body:
    """One body of the city; `people` counts those who belong to it directly."""

    key: str
    name: str
    kind: str
    parent: str | None
    people: int = 0
    second: str | None = None
    sector: str = "union"


# key | name | kind | people | second parent | sector (inherited by what stands below)
_TREE = """
city | 安澜市总工会 | federation | 18 | | organ
  city-audit | 安澜市总工会经费审查委员会 | committee
  city-women | 安澜市总工会女职工委员会 | committee
  city-learning | 安澜市职工素质工程推进小组 | leading_group
  county | 澜东县总工会 | federation | 8
    water | 澜东县水务局工会联合会 | joint | 4 | | service
      water-office | 澜东县水务局机关工会 | grassroots | 16 | | organ
      water-supply | 澜东县自来水公司工会 | grassroots | 34
      water-river | 澜东县河道管理所工会 | grassroots | 18
      water-pump | 澜东县排灌站工会 | grassroots | 16
      water-survey | 澜东县水文勘测队工会 | grassroots | 12
      water-sewage | 澜东县污水处理厂工会 | grassroots | 20
  district | 城中区总工会 | federation | 6
  energy | 安澜市能源化工产业工会 | industry | 5
    gas | 安澜燃气公司工会 | grassroots | 0 | district | plant
      gas-office | 燃气公司机关分会 | branch | 20 | | service
      gas-pipes | 管网所工会 | workshop | 4
        gas-line-1 | 巡线一班 | team | 13
        gas-line-2 | 巡线二班 | team | 12
        gas-repair | 抢修班 | team | 14
      gas-shop | 营业所工会 | workshop | 4 | | service
        gas-meter-1 | 抄表一班 | team | 14
        gas-meter-2 | 抄表二班 | team | 13
        gas-calls | 客服班 | team | 16
      gas-station | 场站工会 | workshop | 3
        gas-run-1 | 运行甲班 | team | 12
        gas-run-2 | 运行乙班 | team | 12
        gas-upkeep | 检修班 | team | 11
      gas-basketball | 燃气公司篮球协会 | association
      gas-badminton | 燃气公司羽毛球协会 | association
      gas-brush | 燃气公司书画协会 | association
      gas-audit | 燃气公司工会经费审查委员会 | committee
      gas-women | 燃气公司工会女职工委员会 | committee
      gas-congress | 燃气公司工会会员代表大会 | committee
    chem | 安澜化工厂工会 | grassroots | 18 | county | plant
      chem-1 | 安澜化工厂一车间工会 | workshop | 4
        chem-1-synthesis | 合成班 | team | 15
        chem-1-distil | 精馏班 | team | 14
        chem-1-press | 压缩班 | team | 12
        chem-1-assay | 分析班 | team | 10
        chem-1-gauge | 仪表班 | team | 10
      chem-2 | 安澜化工厂二车间工会 | workshop | 3
        chem-2-a | 包装班 | team | 12
        chem-2-b | 储运班 | team | 12
      chem-women | 化工厂工会女职工委员会 | committee
    thermal | 安澜热电厂工会 | grassroots | 28 | district | plant
  commerce | 安澜市商贸金融产业工会 | industry | 5 | | service
    post | 安澜邮政分公司工会 | grassroots | 12 | district
      post-east | 东城支局工会小组 | team | 17
      post-west | 西城支局工会小组 | team | 16
      post-round-1 | 投递一组 | team | 20
      post-round-2 | 投递二组 | team | 19
      post-centre | 邮件处理中心工会小组 | team | 17
      post-papers | 报刊发行部工会小组 | team | 11
      post-women | 邮政分公司工会女职工委员会 | committee
    store | 安澜百货大楼工会 | grassroots | 34 | district
    bank | 安澜城市商业银行工会 | grassroots | 32 | district
    market | 惠民超市工会 | grassroots | 24
    commerce-friends | 安澜商贸企业工会联谊会 | friendship
  education | 安澜市教育工会 | industry | 4 | | school
    school | 安澜市第三实验学校工会 | grassroots | 0
      school-7 | 七年级组 | year_group | 18
      school-8 | 八年级组 | year_group | 18
      school-9 | 九年级组 | year_group | 17
      school-chinese | 语文教研组 | section | 6
      school-maths | 数学教研组 | section | 6
      school-english | 英语教研组 | section | 6
      school-science | 理化教研组 | section | 6
      school-arts | 艺体教研组 | section | 8
      school-kitchen | 后勤服务组 | team | 11 | | service
      school-lead | 第三实验学校创建学习型工会领导小组 | leading_group
      school-women | 第三实验学校工会女职工委员会 | committee
      school-workers | 第三实验学校教职工代表大会 | committee
    university | 安澜大学工会 | grassroots | 22
      volunteer | 安澜大学学生志愿服务部 | association | 36 | | student
  organs | 安澜市直机关工会工作委员会 | working_committee | 5 | | organ
    finance | 安澜市财政局工会 | grassroots | 24
    schooling | 安澜市教育局工会 | grassroots | 20
    transport | 安澜市交通运输局工会 | grassroots | 22
    rivers | 安澜市水利局工会 | grassroots | 18
    health | 安澜市卫生健康委员会工会 | grassroots | 22
    justice | 安澜市司法局工会 | grassroots | 17
    archive | 安澜市档案馆工会 | grassroots | 14
    organs-audit | 市直机关工会经费审查委员会 | committee
  machinery | 安澜机械公司工会 | grassroots | 0 | district | plant
    machinery-office | 公司机关分会 | branch | 30 | | service
    casting | 铸造车间分会 | branch | 2
      casting-1 | 铸造一班 | team | 17
      casting-2 | 铸造二班 | team | 17
      casting-3 | 铸造三班 | team | 16
      casting-melt | 熔炼班 | team | 15
      casting-clean | 清理班 | team | 16
      casting-heat | 热处理班 | team | 14
      casting-mould | 木模班 | team | 12
    repair | 机修车间分会 | branch | 2
      repair-1 | 机修一班 | team | 18
      repair-2 | 机修二班 | team | 18
      repair-power | 电工班 | team | 17
      repair-tools | 工具班 | team | 15
      repair-energy | 动力班 | team | 16
      repair-pipes | 管钳班 | team | 15
      repair-lift | 起重班 | team | 15
    assembly | 装配车间分会 | branch | 2
      assembly-1 | 装配一班 | team | 19
      assembly-2 | 装配二班 | team | 19
      assembly-3 | 装配三班 | team | 18
      assembly-spindle | 主轴班 | team | 17
      assembly-cabinet | 电柜班 | team | 18
      assembly-paint | 喷涂班 | team | 16
      assembly-check | 检验班 | team | 16
      assembly-store | 仓储班 | team | 15
      assembly-haul | 物流班 | team | 17
    machinery-open | 企务公开民主管理委员会 | committee
    machinery-safety | 生产与劳动保护监督委员会 | committee
    machinery-culture | 宣教文体委员会 | committee
    machinery-living | 生活保障委员会 | committee
    machinery-audit | 机械公司工会经费审查委员会 | committee
    machinery-women | 机械公司工会女职工委员会 | committee
    machinery-lead | 机械公司创建学习型组织领导小组 | leading_group
    machinery-photo | 摄影协会 | association
    machinery-ball | 球类协会 | association
    machinery-brush | 书画协会 | association
    machinery-ride | 骑行协会 | association
    machinery-craft | 技术协作小组 | association
  freight | 安澜货运处工会 | grassroots | 8 | | plant
    freight-load-1 | 装卸一队分会 | branch | 1
      freight-load-1a | 装卸一班 | team | 11
      freight-load-1b | 装卸二班 | team | 11
      freight-load-1c | 装卸三班 | team | 10
    freight-load-2 | 装卸二队分会 | branch | 1
      freight-load-2a | 装卸四班 | team | 11
      freight-load-2b | 装卸五班 | team | 10
      freight-load-2c | 叉车班 | team | 9
    freight-fleet | 车队分会 | branch | 1
      freight-fleet-a | 长途班 | team | 12
      freight-fleet-b | 短途班 | team | 11
      freight-fleet-c | 集装箱班 | team | 10
    freight-works | 检修所分会 | branch | 1
      freight-works-a | 车辆检修班 | team | 11
      freight-works-b | 设备检修班 | team | 9
    freight-desk | 调度室分会 | branch | 1 | | service
      freight-desk-a | 调度一班 | team | 8
      freight-desk-b | 调度二班 | team | 8
      freight-desk-c | 货运营业班 | team | 9
    freight-audit | 货运处工会经费审查委员会 | committee
"""


def _bodies() -> tuple[Body, ...]:
    """Read the indented table; a sector is inherited until a line says otherwise."""
    found: list[Body] = []
    above: list[Body] = []
    for line in filter(str.strip, _TREE.splitlines()):
        depth = (len(line) - len(line.lstrip())) // 2
        cells = [cell.strip() for cell in line.split("|")] + [""] * 3
        key, name, kind, people, second, sector = cells[:6]
        del above[depth:]
        parent = above[-1] if above else None
        body = Body(
            key,
            name,
            kind,
            parent.key if parent else None,
            int(people or 0),
            second or None,
            sector or (parent.sector if parent else "union"),
        )
        found.append(body)
        above.append(body)
    return tuple(found)


BODIES = _bodies()
BODY = {body.key: body for body in BODIES}


def below(key: str) -> list[Body]:
    """The body and everything under it, in the order of the table."""
    keys = {key}
    found = [BODY[key]]
    for body in BODIES:
        if body.parent in keys:
            keys.add(body.key)
            found.append(body)
    return found
