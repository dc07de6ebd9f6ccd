"""Plays the demo's training: needs, a year's plan, classes, laid-off learners, tests, a contest."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from gonghui.apps.training import api as training
from gonghui.core.access.actor import Actor
from gonghui.core.activities.actions.activities import Sitting
from gonghui.core.attendance.models import Attendance
from gonghui.core.people.models import Person

from .lives import Lives

FACTORY, GAS, CITY, SCHOOL = "machinery", "gas", "city", "school"
PROVIDERS = (
    ("安澜职工大学", "workers_college", "数控、电工、计算机"),
    ("安澜职工中专", "workers_school", "钳工、焊工、家政服务"),
    ("安澜夜大", "evening", "大专学历进修"),
    ("惠民职业技能培训中心", "commissioned", "家宴厨师、家政服务、月嫂"),
)
# topic | sort | stem | options | key
BANK = (
    (
        "安全",
        "single",
        "灭火器压力表的指针指在哪个颜色区域是正常的？",
        ("绿色", "红色", "黄色"),
        "A",
    ),
    (
        "安全",
        "single",
        "进入有限空间作业以前，第一步应当做什么？",
        ("先通风、再检测、后作业", "先作业、再检测", "戴好手套就进去"),
        "A",
    ),
    ("安全", "single", "电气设备着火，先做什么？", ("切断电源", "用水扑灭", "打开门窗"), "A"),
    (
        "安全",
        "multiple",
        "下面哪些属于“三违”？",
        ("违章指挥", "违章作业", "违反劳动纪律", "违约"),
        "ABC",
    ),
    (
        "安全",
        "multiple",
        "起重作业时，哪些人要戴安全帽？",
        ("指挥人员", "司索人员", "吊物附近的人"),
        "ABC",
    ),
    ("安全", "judge", "特种作业人员应当持证上岗。", (), "对"),
    ("安全", "judge", "为了赶进度，可以暂时拆掉机床的防护罩。", (), "错"),
    ("安全", "blank", "我国安全生产的方针是“＿＿，预防为主、综合治理”。", (), "安全第一"),
    ("专业技能", "single", "千分尺的读数精确到多少毫米？", ("0.01", "0.1", "0.001"), "A"),
    (
        "专业技能",
        "single",
        "钻孔时工件松动，应当怎么办？",
        ("停机重新夹紧", "用手按住", "减小进给继续"),
        "A",
    ),
    (
        "专业技能",
        "multiple",
        "刀具磨损后会出现哪些情况？",
        ("表面粗糙", "切削力变大", "尺寸不稳", "噪声变小"),
        "ABC",
    ),
    ("专业技能", "judge", "游标卡尺使用前要先对零。", (), "对"),
    ("专业技能", "blank", "螺纹标注 M10 中的 10 表示公称＿＿（毫米）。", (), "直径|大径"),
)
ETHICS = (
    (
        "师德",
        "single",
        "发现学生有心理困扰，教师首先应当怎样做？",
        ("耐心倾听", "当众批评", "不予理会"),
        "A",
    ),
    ("师德", "judge", "教师可以有偿给自己班上的学生补课。", (), "错"),
    ("师德", "multiple", "下面哪些是教师应当尊重的学生权利？", ("人格", "隐私", "受教育"), "ABC"),
    (
        "专业技能",
        "single",
        "备课首先要钻研什么？",
        ("课程标准和教材", "习题答案", "同事的教案"),
        "A",
    ),
    ("专业技能", "judge", "课堂提问要面向全体学生。", (), "对"),
)
# topic | sort | how many | points
SAFETY = (
    ("安全", "single", 2, 10),
    ("专业技能", "single", 2, 10),
    ("", "multiple", 2, 15),
    ("", "judge", 2, 10),
    ("", "blank", 1, 10),
)
OUTSIDERS = (
    ("罗桂英", "laid_off"),
    ("陶建平", "laid_off"),
    ("彭秀兰", "unemployed"),
    ("汪志明", "hardship"),
    ("谭小琴", "laid_off"),
    ("严国强", "unemployed"),
)


def train(lives: Lives) -> None:
    """After the year's gatherings; every record goes through the doors the screens use."""
    providers = _providers(lives)
    _factory(lives, providers["安澜职工大学"])
    _gas(lives)
    _rejoin(lives, providers["惠民职业技能培训中心"])
    _contest(lives)


def _providers(lives: Lives) -> dict[str, Any]:
    org, by = lives.seed.orgs[CITY], lives.able("learning.write", CITY)
    return {
        name: training.keep("provider", org, by=by, name=name, route=route, subjects=subjects)
        for name, route, subjects in PROVIDERS
    }


def _people(lives: Lives, body: str, count: int) -> list[Person]:
    """Those one may log in as come first."""
    org = lives.seed.orgs[body]
    rows = Person.objects.active().filter(org__within=(org.path,)).select_related("org")
    return list(rows.order_by(F("account").asc(nulls_last=True), "pk")[:count])


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _held(course: Any, came: int) -> None:
    """So many of the class were there at every session so far."""
    learners = list(course.learners.select_related("registration")[:came])
    rows = [
        Attendance(
            session=session,
            registration=one.registration,
            person_id=one.person_id,
            status=Attendance.Status.PRESENT,
            in_at=session.starts_at,
        )
        for session in course.activity.sessions.all()
        for one in learners
    ]
    Attendance.objects.bulk_create(rows)


def _open(programme: Any, org: Any, day: date, by: Actor, place: str, **facts: Any) -> Any:
    sitting = Sitting(_at(day, 14), _at(day, 17), place=place)
    return training.open_course(programme, org, by=by, sitting=sitting, **facts)


def _factory(lives: Lives, provider: Any) -> None:
    """A course of the machine works with its test; one class is over, one runs."""
    org, by = lives.seed.orgs[FACTORY], lives.able("learning.write", FACTORY)
    training.fill_bank(org, BANK, by=by)
    programme = _factory_plan(lives, by, provider)
    member = lives.seed.account_person("member")
    people = [member, *(one for one in _people(lives, FACTORY, 26) if one != member)]
    _factory_classes(lives, programme, people, by)
    quiz = training.open_quiz(
        org,
        SAFETY,
        by=by,
        title="安全与技能应知测验",
        minutes=20,
        tries=2,
        pass_points=60,
        reveals="handed_in",
        partial="share",
        words="应知部分。不会的可以先跳过，交卷前都能改。",
    )
    for at, person in enumerate(people[8:16]):
        training.take(quiz, [(at + n) % 4 > 0 for n in range(9)], by=Actor(person))


def _factory_plan(lives: Lives, by: Actor, provider: Any) -> Any:
    """Two programmes, and what the workshops asked for; one need still waits."""
    org, year = lives.seed.orgs[FACTORY], lives.today.year
    whole_year = {"year": year, "form": "classes", "until": date(year, 12, 25)}
    programme = training.plan_programme(
        org,
        by=by,
        title="数控车工技能提升",
        kind="special",
        goal="看懂图样，会编简单程序，首件合格。",
        audience="机修、装配车间青年职工",
        provider=provider,
        people=60,
        hours=24,
        category="专业技能",
        is_short=True,
        since=date(year, 3, 1),
        **whole_year,
    )
    training.plan_programme(
        org,
        by=by,
        title="新员工岗前培训",
        kind="all_round",
        audience="当年进厂的员工",
        is_rolling=True,
        since=date(year, 1, 5),
        **whole_year,
    )
    asked = {"year": year, "kind": "special", "audience": "机修车间"}
    repair = lives.seed.orgs["repair"]
    for topic, people, month, into in (
        ("数控编程", 18, 3, programme),
        ("量具使用", 12, 4, programme),
        ("机床电气排故", 9, 9, None),
    ):
        training.ask_need(
            repair, by=by, programme=into, topic=topic, people=people, month=month, **asked
        )
    return programme


def _factory_classes(lives: Lives, programme: Any, people: list[Person], by: Actor) -> None:
    org, today = lives.seed.orgs[FACTORY], lives.today
    begun = today - timedelta(days=60)
    past = _open(programme, org, begun, by, "公司培训中心", hours=24)
    training.enrol(past, by=by, people=people[:14], on=begun)
    _held(past, 13)
    last = past.learners.order_by("pk").last()
    training.conclude(past, by=by, on=begun + timedelta(days=10), failed={last.pk})
    begun = today - timedelta(days=2)
    now = _open(programme, org, begun, by, "公司培训中心", hours=24, attendance=80)
    training.enrol(now, by=by, people=people[4:20], on=begun)
    _held(now, 15)


def _gas(lives: Lives) -> None:
    """New technology of the gas company; and a line of the plan that nobody has begun."""
    org, by = lives.seed.orgs[GAS], lives.able("learning.write", GAS)
    year, today = lives.today.year, lives.today
    handheld = training.plan_programme(
        org,
        by=by,
        year=year,
        title="PDA 手掌机应用",
        kind="special",
        form="drill",
        goal="小修、抄表人员会用手掌机接单、回单。",
        audience="小修员、抄表员",
        people=40,
        hours=8,
        since=date(year, 1, 10),
        until=date(year, 12, 20),
    )
    course = _open(
        handheld, org, today - timedelta(days=30), by, "营业所", hours=8, is_to_door=True
    )
    training.enrol(course, by=by, people=_people(lives, GAS, 18), on=today - timedelta(days=30))
    _held(course, 18)
    training.conclude(course, by=by, on=today - timedelta(days=29))
    training.plan_programme(
        org,
        by=by,
        year=year,
        title="GIS 管网建模",
        kind="advanced",
        form="classes",
        audience="管网所技术人员",
        until=today - timedelta(days=20),
    )


def _rejoin(lives: Lives, provider: Any) -> None:
    """Laid-off learners of the city: they come any time, and are asked later how things went."""
    org, by = lives.seed.orgs[CITY], lives.able("learning.write", CITY)
    today, year = lives.today, lives.today.year
    programme = training.plan_programme(
        org,
        by=by,
        year=year,
        title="再就业技能培训（家政服务）",
        kind="multi_skilled",
        form="classes",
        audience="下岗、失业人员和困难职工",
        provider=provider,
        is_rolling=True,
        people=120,
        hours=40,
        since=date(year, 1, 1),
        until=date(year, 12, 31),
    )
    begun = today - timedelta(days=120)
    at_door = {"hours": 40, "kits": 6, "is_to_door": True}
    course = _open(programme, org, begun, by, "城中区街道", **at_door)
    for at, (name, sort) in enumerate(OUTSIDERS):
        one = training.keep("outsider", org, by=by, name=name, sort=sort)
        training.enrol(course, by=by, outsiders=[one], on=begun + timedelta(5 * at))
    training.conclude(course, by=by, on=today - timedelta(days=70))
    for at, (learner, (_, sort)) in enumerate(
        zip(course.learners.order_by("pk"), OUTSIDERS, strict=True)
    ):
        if at < 4:
            _ask(learner, "lifted" if sort == "hardship" else "employed", at != 2, today, by)
    _held(course, 6)


def _ask(learner: Any, kind: str, yes: bool, today: date, by: Actor) -> None:
    training.ask_outcome(
        learner,
        by=by,
        kind=kind,
        asked_on=today - timedelta(days=10),
        is_reached=yes,
        evidence="在惠民家政上岗，看过劳动合同" if yes else "",
    )


def _contest(lives: Lives) -> None:
    """双知竞赛 of the school: year groups by the best of their members."""
    org, by = lives.seed.orgs[SCHOOL], lives.able("learning.write", SCHOOL)
    training.fill_bank(org, ETHICS, by=by)
    groups = [("七年级组", "school-7"), ("八年级组", "school-8"), ("九年级组", "school-9")]
    squads = [(name, _people(lives, body, 6)) for name, body in groups]
    quiz = training.open_quiz(
        org,
        (
            ("师德", "single", 1, 20),
            ("师德", "multiple", 1, 20),
            ("师德", "judge", 1, 20),
            ("专业技能", "single", 1, 20),
            ("专业技能", "judge", 1, 20),
        ),
        by=by,
        squads=squads,
        title="师德与专业技能双知竞赛",
        use="contest",
        minutes=15,
        tries=2,
        counted=3,
        combine="mean",
    )
    for place, (_, members) in enumerate(squads):
        for at, person in enumerate(members[: 4 - place]):
            training.take(quiz, [(at + n + place) % 5 > 0 for n in range(5)], by=Actor(person))
