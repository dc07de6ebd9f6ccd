"""Honours, workers in hardship, a dismissal, and the working time part-time chairs gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from gonghui.apps.cadres import api as cadres
from gonghui.apps.care import api as care
from gonghui.apps.honours import api as honours
from gonghui.core.people.models import Person
from gonghui.kit.deadlines import add_months

from .lives import Lives
from .people import holder, people, posts, showcase_serials


@dataclass(frozen=True)
class DemoHonour:
    """Granted on a day of ``years`` ago to one of the longest-serving of a body."""

    body: str
    title: str
    sort: str
    level: str
    granted_by: str
    years: int
    day: tuple[int, int] = (4, 28)
    nominated_by: str = ""
    document: str = ""
    revoked: str = ""


HONOURS = (
    DemoHonour("casting-1", "全国五一劳动奖章", "medal", "national", "中华全国总工会", 6,
               nominated_by="安澜市总工会"),
    DemoHonour("repair-1", "临江省劳动模范", "model_worker", "province", "临江省人民政府", 4,
               nominated_by="安澜机械公司工会"),
    DemoHonour("gas-repair", "安澜市劳动模范", "model_worker", "city", "安澜市人民政府", 3),
    DemoHonour("school-maths", "安澜市先进工作者", "advanced", "city", "安澜市人民政府", 3),
    DemoHonour("water-pump", "澜东县劳动模范", "model_worker", "county", "澜东县人民政府", 5),
    DemoHonour("post-round-1", "安澜市五一劳动奖章", "medal", "city", "安澜市总工会", 1,
               document="安总发〔{year}〕15号"),
    DemoHonour("freight-load-1a", "安澜市五一劳动奖章", "medal", "city", "安澜市总工会", 2,
               revoked="申报的事迹不实，经复核撤销（安总发〔{year}〕9号）"),
    DemoHonour("assembly-spindle", "公司技术能手", "other", "unit", "安澜机械有限公司", 1,
               day=(12, 20)),
)  # fmt: skip
REVOKED_AGO = 130


@dataclass(frozen=True)
class DemoFile:
    """A file of the register, opened ``days`` ago; ``illness`` as its person agreed on paper."""

    body: str
    number: int
    grade: str
    cause: str
    days: int
    approval: str
    overcome: int | None = None  # days ago
    illness: str = ""


FILES = (
    DemoFile("casting-melt", 1, "deep", "own_illness", 210, "机械公司工会委员会会议",
             illness="慢性肾病，每周透析两次"),
    DemoFile("assembly-haul", 2, "relative", "schooling", 150, "机械公司工会委员会会议"),
    DemoFile("gas-line-2", 1, "accidental", "accident", 65, "燃气公司工会委员会会议"),
    DemoFile("freight-works-a", 1, "relative", "low_income", 620, "货运处工会委员会会议",
             overcome=95),
)  # fmt: skip

# Body | days ago the union was told and asked to think again | days until the contract ends.
DISMISSED, TOLD, ASKED, ENDS = "assembly-paint", 18, 12, 16
REASON = "单位认为不能胜任喷涂岗位，没有说明是否培训或者调整过岗位。"
OBJECTION = "应当先培训或者调整岗位，仍不能胜任的才可以解除；请重新研究，并书面答复。"

# Whose chair | days of the month before | working days on each | what for; one gives too much.
TIMES = (
    ("gas", (12, 19), "1", "集体合同协商准备会"),
    ("school", (13,), "0.5", "教职工代表大会提案征集"),
    ("freight", (10, 17), "2", "到各车队走访夜班职工"),
)


def honour_and_help(lives: Lives) -> None:
    """What the city's people were granted, what befell them, and the time their chairs gave."""
    for honour in HONOURS:
        _honour(lives, honour)
    for file in FILES:
        _open(lives, file)
    _dismiss(lives)
    for body, days, count, matter in TIMES:
        chair, org = lives.seed.people[holder(body, "主席") or 0], lives.seed.orgs[body]
        for day in days:
            cadres.note_office_time(
                chair, org, on=_workday(lives.today, day), days=Decimal(count), matter=matter,
                by=lives.able("cadres.write", body),
            )  # fmt: skip


def _senior(lives: Lives, body: str) -> Person:
    """Who has been in a body for longest and holds no post, nor is logged in as."""
    known = {post.serial for post in posts()} | set(showcase_serials().values())
    own = [one for one in people() if one.body == body and one.serial not in known]
    return lives.seed.people[max(own, key=lambda one: (one.years, -one.serial)).serial]


def _honour(lives: Lives, said: DemoHonour) -> None:
    granted_on = date(lives.today.year - said.years, *said.day)
    ended = _ago(lives, REVOKED_AGO) if said.revoked else None
    honours.register_honour(
        _senior(lives, said.body), title=said.title, sort=said.sort, level=said.level,
        granted_by=said.granted_by, granted_on=granted_on, nominated_by=said.nominated_by,
        document=said.document.format(year=granted_on.year), revoked_on=ended,
        revoked_for=said.revoked.format(year=ended.year) if ended else "",
        by=lives.able("honours.write", said.body),
    )  # fmt: skip


def _open(lives: Lives, said: DemoFile) -> None:
    since = _ago(lives, said.days)
    ended = _ago(lives, said.overcome) if said.overcome else None
    care.open_file(
        _senior(lives, said.body), number=f"{since.year}-{said.number:02}", grade=said.grade,
        cause=said.cause, since=since, approval=said.approval, until=ended,
        ending="overcome" if ended else "", illness=said.illness,
        signed_on=since if said.illness else None, by=lives.able("care.write", said.body),
    )  # fmt: skip


def _dismiss(lives: Lives) -> None:
    """The union was told, asked the employer to think again, and waits for the answer."""
    care.note_dismissal(
        _senior(lives, DISMISSED), reason=REASON, notified_on=_ago(lives, TOLD),
        objected_on=_ago(lives, ASKED), objection=OBJECTION,
        ends_on=lives.today + timedelta(days=ENDS), by=lives.able("people.write", DISMISSED),
    )  # fmt: skip


def _ago(lives: Lives, days: int) -> date:
    return lives.today - timedelta(days=days)


def _workday(today: date, day: int) -> date:
    """That day of the month before, or the Monday after it."""
    on = add_months(today.replace(day=1), -1).replace(day=day)
    return on + timedelta(days=7 - on.weekday()) if on.weekday() > 4 else on
