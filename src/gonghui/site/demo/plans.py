"""The plans of the demo city: who wrote which text, what became of it, who answers for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

TEXTS = Path(__file__).parent / "plans"

# Area of work → the posts that answer for it, the first one that is filled.
_OWNERS: dict[str, tuple[str, ...]] = {
    "learning": ("宣教委员", "副主席", "部长", "分会主席"),
    "activities": ("文体委员", "宣教委员", "副主席", "部长", "分会主席"),
    "competitions": ("生产委员", "委员", "副主席", "分会主席"),
    "proposals": ("生产委员", "委员", "副主席", "分会主席"),
    "honours": ("组织委员", "副主席", "分会主席"),
    "care": ("生活委员", "女工主任", "副主席", "分会主席"),
    "democracy": ("副主席", "主席", "分会主席"),
    "finance": ("经审主任", "主席", "分会主席"),
    "communication": ("宣教委员", "副主席", "部长", "分会主席"),
    "statistics": ("组织委员", "副主席", "分会主席"),
    "membership": ("组织委员", "副主席", "分会主席"),
}
_HEADS = ("主席", "分会主席", "部长")


@dataclass(frozen=True)
class UpperPaper:
    """A paper from above that a plan carries out; `{year}` stands for the plan's year."""

    issuer: str
    number: str
    spirit: str


@dataclass(frozen=True)
class DemoPlan:
    """A plan's text and its life; `state` is where the demo leaves it."""

    file: str
    body: str
    title: str
    kind: str
    state: str = "running"
    meeting: str = ""
    approved: tuple[int, int] = (1, 20)
    back: int = 0  # years before the demo's year
    starts: tuple[int, int] = (1, 1)
    ends: tuple[int, int, int] = (0, 12, 31)  # years on, month, day
    guidance: str = ""
    main_line: str = ""
    theme: str = ""
    papers: tuple[UpperPaper, ...] = ()
    owned_by: tuple[tuple[str, str], ...] = ()  # words of an item → the body that answers for it
    given_to: tuple[
        tuple[str, str], ...
    ] = ()  # words of an item → who answers for it, by user name
    pace: int = 84  # of a hundred tasks that are due, how many are done
    verdict: str = ""  # why it was returned

    @property
    def key(self) -> str:
        return self.file.removesuffix(".txt")

    def year(self, today_year: int) -> int:
        return today_year - self.back

    def titled(self, today_year: int) -> str:
        return _filled(self.title, self.year(today_year))

    def text(self, today_year: int) -> str:
        """The plan as its union would paste it, in the demo's year."""
        raw = (TEXTS / self.file).read_text(encoding="utf-8")
        return _filled(raw, self.year(today_year))

    def span(self, today_year: int) -> tuple[date, date]:
        """The days from and to which the plan runs."""
        year = self.year(today_year)
        years_on, month, day = self.ends
        return date(year, *self.starts), date(year + years_on, month, day)

    def owner_titles(self, area: str) -> tuple[str, ...]:
        """Posts of the union that answer for an area, in order of preference."""
        return (*_OWNERS.get(area, ()), *_HEADS)


def _filled(text: str, year: int) -> str:
    return text.replace("{year}", str(year)).replace("{next}", str(year + 1))


_CITY_PAPER = UpperPaper(
    "安澜市总工会", "安工发〔{year}〕3号", "深化产业工人队伍建设，把竞赛、学习和服务做到班组"
)
_PROVINCE_PAPER = UpperPaper("澜江省总工会", "澜工发〔{year}〕1号", "年度重点工作安排")

PLANS = (
    DemoPlan(
        "city-annual.txt", "city", "安澜市总工会{year}年工作要点", "annual",
        meeting="第九届第五次全委会", approved=(1, 8),
        guidance="高举中国特色社会主义伟大旗帜，坚持党的领导，坚持眼睛向下、重心下移。",
        main_line="建设一支让城市骄傲的产业工人队伍", theme="进万家、解千难、促发展",
        papers=(_PROVINCE_PAPER,), pace=88,
        owned_by=(("全年审计下级工会", "city-audit"), ("职工书屋", "city-learning")),
    ),
    DemoPlan(
        "city-learning.txt", "city", "安澜市职工学习创争活动{year}年度专项方案", "campaign",
        meeting="第九届第十次常委会", approved=(2, 26), theme="五个一起抓",
        papers=(UpperPaper("澜江省总工会", "澜工发〔{year}〕6号", "深化职工素质建设"),), pace=82,
        owned_by=(("一人一档", "city-learning"),),
    ),
    DemoPlan(
        "machinery-annual.txt", "machinery", "安澜机械公司工会{year}年工作计划", "annual",
        meeting="第五届第九次全委会", approved=(1, 12),
        guidance="以新时代中国特色社会主义思想为指引，把职工的劲头聚到车间现场、聚到产品质量上。",
        main_line="聚人心、强技能、办实事、促和谐", theme="班组学习年",
        papers=(_CITY_PAPER,), pace=80,
        owned_by=(
            ("由技协小组负责", "machinery-craft"),
            ("厂务公开栏", "machinery-open"),
            ("现场检查", "machinery-safety"),
            ("摄影协会、球类协会", "machinery-culture"),
            ("食堂、浴室", "machinery-living"),
            ("经费审查委员会", "machinery-audit"),
            ("女职工休息室", "machinery-women"),
            ("80%以上的班组", "machinery-lead"),
            ("小革新、小窍门", "repair-2"),
        ),
        given_to=(
            ("职工书屋新增图书", "member"),
            ("每周发布一期会讯", "member"),
            ("班组学习成果发布会", "member"),
        ),
    ),
    DemoPlan(
        "machinery-last-year.txt", "machinery", "安澜机械公司工会{year}年工作计划", "annual",
        state="closed", meeting="第五届第五次全委会", approved=(1, 14), back=1,
        main_line="稳岗位、保交付、暖人心", pace=95,
    ),
    DemoPlan(
        "machinery-winter.txt", "machinery", "安澜机械公司工会{year}年冬季送温暖专项方案",
        "campaign", state="draft", theme="把寒冬里的关心送到最需要的职工手上",
        starts=(11, 16), ends=(1, 2, 28),
    ),
    DemoPlan(
        "assembly-monthly.txt", "assembly", "装配车间分会{year}年逐月工作安排", "monthly",
        meeting="分会委员会一月例会", approved=(1, 9), pace=86,
        owned_by=(("部件装配竞赛，分", "assembly-spindle"), ("小家图书角", "assembly-store")),
    ),
    DemoPlan(
        "casting-annual.txt", "casting", "铸造车间分会{year}年工作打算", "annual",
        state="submitted",
    ),
    DemoPlan(
        "energy-annual.txt", "energy", "安澜市能源化工产业工会{year}年工作计划", "annual",
        meeting="第二届第三次全委会", approved=(2, 6), main_line="一个抓手、三条战线、五项实事",
        papers=(_CITY_PAPER,), pace=85,
    ),
    DemoPlan(
        "commerce-annual.txt", "commerce", "安澜市商贸金融产业工会{year}年工作计划", "annual",
        meeting="第二届第四次全委会", approved=(2, 4), theme="微笑窗口、匠心服务",
        papers=(UpperPaper("安澜市总工会", "", "第九届第五次全委会安排"),), pace=83,
    ),
    DemoPlan(
        "water-annual.txt", "water", "澜东县水务局工会联合会{year}年工作计划", "annual",
        meeting="联合会委员会第一次会议", approved=(1, 22),
        papers=(UpperPaper("澜东县总工会", "东工发〔{year}〕2号", "全县工会年度部署"),), pace=87,
    ),
    DemoPlan(
        "school-annual.txt", "school", "安澜市第三实验学校工会{year}年工作计划", "annual",
        meeting="校工会委员会扩大会议", approved=(2, 24),
        guidance="让老师教得安心、活得健康。", theme="书香校园、幸福教工",
        papers=(UpperPaper("安澜市教育工会", "教工〔{year}〕4号", "书香校园、幸福教工"),), pace=90,
        owned_by=(("学习型年级组", "school-lead"), ("女教师茶艺", "school-women")),
    ),
    DemoPlan(
        "organs-annual.txt", "organs", "安澜市直机关工会工作委员会{year}年工作报告与安排",
        "annual", meeting="市直机关工会工委全体会议", approved=(2, 12),
        papers=(_CITY_PAPER,), pace=81, owned_by=(("抽查十个单位", "organs-audit"),),
    ),
    DemoPlan(
        "archive-annual.txt", "archive", "市档案馆工会{year}年工作计划", "annual",
        state="returned",
        verdict="“时间待定”和“经费每半年公布”请写明月份和责任人，学习一栏请补上参加人数的目标。",
    ),
    DemoPlan(
        "freight-teams.txt", "freight", "安澜货运处工会学习型班组建设三年规划暨{year}年安排",
        "campaign", meeting="货运处工会委员会会议", approved=(1, 28),
        papers=(UpperPaper("运输集团工会", "运工发〔{year}〕8号", "开展学习型班组建设"),), pace=78,
        owned_by=(("在装卸二队开现场会", "freight-load-2"),),
    ),
    DemoPlan(
        "gas-annual.txt", "gas", "安澜燃气公司工会{year}年工作计划", "annual",
        meeting="第四届第二次全委会", approved=(1, 19), papers=(_CITY_PAPER,), pace=84,
        owned_by=(
            ("安全用气进社区", "gas-shop"),
            ("抄表员练远传表", "gas-shop"),
            ("协会活动要安排到月", "gas-basketball"),
        ),
    ),
    DemoPlan(
        "post-annual.txt", "post", "安澜邮政分公司工会{year}年服务行动计划", "annual",
        meeting="分公司工会委员会会议", approved=(1, 30), pace=82,
        owned_by=(("大收订", "post-papers"), ("揽投能手", "post-round-1")),
    ),
    DemoPlan(
        "chem-workshop.txt", "chem-1", "安澜化工厂一车间工会{year}年工作计划", "annual",
        meeting="车间工会委员会会议", approved=(1, 16),
        papers=(UpperPaper("安澜化工厂工会", "厂工字〔{year}〕1号", "安全、技能、暖心"),), pace=86,
    ),
    DemoPlan(
        "volunteer-term.txt", "volunteer", "安澜大学学生志愿服务部{year}年秋季学期工作计划",
        "term", meeting="服务部部务会", approved=(9, 2), starts=(9, 1), ends=(1, 1, 31), pace=88,
    ),
    DemoPlan(
        "water-office-annual.txt", "water-office", "澜东县水务局机关工会{year}年工作安排", "annual",
        meeting="机关工会委员会会议", approved=(1, 24), pace=84,
    ),
    DemoPlan(
        "water-survey-annual.txt", "water-survey", "澜东县水文勘测队工会{year}年工作要点", "annual",
        meeting="全体会员会议", approved=(1, 26), pace=80,
    ),
    DemoPlan(
        "district-annual.txt", "district", "城中区总工会{year}年工作要点", "annual",
        meeting="第四届第三次全委会", approved=(1, 18), pace=82, papers=(_CITY_PAPER,),
    ),
    DemoPlan(
        "gas-pipes-monthly.txt", "gas-pipes", "管网所工会{year}年分月工作安排", "monthly",
        meeting="所工会委员会会议", approved=(1, 22), pace=88,
    ),
    DemoPlan(
        "gas-shop-annual.txt", "gas-shop", "营业所工会{year}年工作打算", "annual",
        meeting="所工会委员会会议", approved=(1, 23), pace=83,
    ),
    DemoPlan(
        "gas-station-annual.txt", "gas-station", "场站工会{year}年工作计划", "annual",
        meeting="场站工会委员会会议", approved=(1, 23), pace=86,
    ),
    DemoPlan(
        "chem-2-annual.txt", "chem-2", "安澜化工厂二车间工会{year}年工作计划", "annual",
        meeting="车间工会委员会会议", approved=(1, 17), pace=79,
    ),
    DemoPlan(
        "thermal-annual.txt", "thermal", "安澜热电厂工会{year}年工作计划", "annual",
        meeting="第六届第二次全委会", approved=(1, 15), pace=85, papers=(_CITY_PAPER,),
    ),
    DemoPlan(
        "market-annual.txt", "market", "惠民超市工会{year}年工作安排", "annual",
        meeting="超市工会委员会会议", approved=(2, 3), pace=76,
    ),
    DemoPlan(
        "university-annual.txt", "university", "安澜大学工会{year}年工作计划", "annual",
        meeting="校工会全委会", approved=(2, 27), pace=87,
    ),
    DemoPlan(
        "finance-annual.txt", "finance", "安澜市财政局工会{year}年工作计划", "annual",
        meeting="局工会委员会会议", approved=(2, 16), pace=84,
    ),
    DemoPlan(
        "schooling-annual.txt", "schooling", "安澜市教育局工会{year}年工作计划", "annual",
        meeting="局工会委员会会议", approved=(2, 18), pace=86,
    ),
    DemoPlan(
        "transport-annual.txt", "transport", "安澜市交通运输局工会{year}年工作要点", "annual",
        meeting="局工会委员会会议", approved=(2, 13), pace=81,
    ),
    DemoPlan(
        "rivers-annual.txt", "rivers", "安澜市水利局工会{year}年工作计划", "annual",
        meeting="局工会委员会会议", approved=(2, 17), pace=83,
    ),
    DemoPlan(
        "health-annual.txt", "health", "安澜市卫生健康委员会工会{year}年工作计划", "annual",
        meeting="委工会委员会会议", approved=(2, 19), pace=85,
    ),
    DemoPlan(
        "justice-annual.txt", "justice", "安澜市司法局工会{year}年工作计划", "annual",
        meeting="局工会委员会会议", approved=(2, 20), pace=82,
    ),
)  # fmt: skip
PLAN = {plan.key: plan for plan in PLANS}
