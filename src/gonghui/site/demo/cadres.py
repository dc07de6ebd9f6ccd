"""Lays down rules, rates cadres and reviews associations, as the year of the city went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from gonghui.apps.cadres import api as cadres
from gonghui.apps.organisation import api as organisation
from gonghui.core.activities.actions.activities import Sitting, plan_activity
from gonghui.core.activities.flow import LIFE
from gonghui.core.attendance.actions.checking import Note, take_notes
from gonghui.core.documents.outbound.docx import OfficialPaper
from gonghui.core.orgs.models import subtree
from gonghui.core.people.models import Person, Post
from gonghui.core.records.actions.recording import keep_record
from gonghui.core.signing.actions.signing import Signing, sign_up

from .city import BODY
from .lives import Lives
from .people import holder


@dataclass(frozen=True)
class DemoVersion:
    """``days`` ago it came into force; the meeting had decided it a fortnight before."""

    days: int
    decided_by: str
    articles: tuple[str, ...]
    number: str = ""
    note: str = ""


# body | title | subject | versions, the oldest first
RULES: tuple[tuple[str, str, str, tuple[DemoVersion, ...]], ...] = (
    (
        "machinery", "工会委员会会议制度", "office",
        (
            DemoVersion(
                1290, "第五届工会委员会第二次全体会议",
                ("工会委员会每季度召开一次全体会议，由主席召集。",
                 "会议议题提前三天告知委员。",
                 "会议作出的决定由分管委员办理。"),
                "安机工〔{year}〕4号",
            ),
            DemoVersion(
                255, "第六届工会委员会第三次全体会议",
                ("工会委员会每两个月召开一次全体会议，由主席召集；三名以上委员提议可以临时召开。",
                 "会议议题和材料提前五天发给委员，职工来信列为固定议题。",
                 "会议作出的决定写明办理人和期限，下一次会议先报办理情况。"),
                "安机工〔{year}〕2号",
                "由每季度一次改为每两个月一次；决定写明办理人和期限。",
            ),
        ),
    ),
    (
        "machinery", "协会活动管理办法", "welfare",
        (
            DemoVersion(
                430, "第六届工会委员会第二次全体会议",
                ("协会由会员自愿组成，会长由协会会员推选。",
                 "协会每年年底由工会评估一次，评估结果告知全体协会会员。"),
                "安机工〔{year}〕7号",
            ),
        ),
    ),
    (
        "gas", "职工来信来访接待办法", "welfare",
        (
            DemoVersion(
                600, "第七届工会委员会第四次全体会议",
                ("每周三下午由一名工会委员接待职工。", "能当场答复的当场答复，其余十天内答复。"),
            ),
        ),
    ),
    (
        "school", "教职工代表大会闭会期间工作制度", "democracy",
        (
            DemoVersion(
                70, "第五届教职工代表大会第二次会议",
                ("闭会期间由代表团（组）长联席会议协商处理临时问题。",),
                note="首次制定。",
            ),
        ),
    ),
)  # fmt: skip

# body and title of the post | sort | what | basis | days since it was due | days since it was had
ENTITLEMENTS = (
    ("machinery", "主席", "political", "列席公司党委会议", "公司党委会议纪要", 400, 390),
    ("machinery", "副主席", "economic", "工会干部兼职补贴", "公司薪酬管理办法", 120, None),
    ("gas", "主席", "political", "参加公司经理办公会", "公司章程", 330, 325),
    ("freight", "主席", "political", "按同级行政副职落实待遇", "货运处党委文件", 45, None),
    ("school", "主席", "political", "列席校务会议", "校务会议制度", 240, 236),
)

# body and title | profile | days ago | points in the order of the profile | words
RATINGS = (
    (
        "machinery",
        "主席",
        "enterprise",
        410,
        (4, 3, 4, 4),
        "熟悉生产，职工信任；形势分析还要加强。",
    ),
    (
        "machinery",
        "主席",
        "enterprise",
        46,
        (4, 4, 4, 5),
        "全年牵头办成食堂、班车两件实事，比上一年进步明显。",
    ),
    (
        "gas",
        "主席",
        "enterprise",
        47,
        (4, 4, 3, 5),
        "联系职工多；集体合同方面的法律知识建议再学一学。",
    ),
    ("county", "主席", "county", 60, (4, 5, 4, 3), "善于调解纠纷；应急处置的演练要补上。"),
)

# association | days ago | verdict | how it operates | what is to be done
REVIEWS = (
    (
        "machinery-ball",
        380,
        "fair",
        "有固定活动日，参加的人集中在两个车间。",
        "请各分会推荐新会员。",
    ),
    (
        "machinery-ball",
        18,
        "good",
        "每周三晚活动，轮流当教练，羽毛球、乒乓球都有人带。",
        "开春办一次车间对抗赛。",
    ),
    (
        "machinery-ride",
        20,
        "poor",
        "今年只组织过一次骑行，几位会员调离后没有补充。",
        "重新推选会长，与球类协会合办一次活动。",
    ),
    ("gas-brush", 33, "good", "每周二研习，作品在营业厅展出两次。", "整理成册，留给新会员学习。"),
)


@dataclass(frozen=True)
class DemoGathering:
    """A class or a meeting ``days`` ago; of a hundred cadres ``share`` came."""

    body: str
    kind: str
    title: str
    theme: str
    days: int
    place: str
    programme: str
    share: int


GATHERINGS = (
    DemoGathering(
        "machinery", "training", "班组长以上工会干部培训班", "会做群众工作", 158,
        "职工教育中心", "工会法；职工来信怎么接待；班组怎么办活动", 80,
    ),
    DemoGathering(
        "machinery", "forum", "创建学习型班组交流会", "各班组讲自己的做法", 66,
        "工会会议室", "六个班组发言；提问；小结", 55,
    ),
)  # fmt: skip
LED = ("grassroots", "branch", "team", "committee")  # where a post makes somebody a cadre

# association | days ago | who of the unit joined then and how many of its members left
CHANGES = (("machinery-ball", 160, 3, 1), ("machinery-ride", 140, 0, 4), ("gas-brush", 90, 2, 1))


def keep_cadres(lives: Lives) -> None:
    """What the demo's unions laid down, what is due to their cadres and how they are rated."""
    for gathering in GATHERINGS:
        _gather(lives, gathering)
    for body, title, subject, versions in RULES:
        chair = lives.able("organisation.write", body)
        said = [_version(lives, body, title, one) for one in versions]
        cadres.lay_down(
            lives.seed.orgs[body], title=title, subject=subject, by=chair, versions=said
        )
    for body, post, kind, what, basis, due, had in ENTITLEMENTS:
        person, by = _cadre(lives, body, post), lives.able("cadres.write", "city")
        done = _ago(lives, had) if had else None
        cadres.entitle(
            person, kind=kind, what=what, by=by, basis=basis, due_on=_ago(lives, due), done_on=done
        )
    for body, post, profile, days, points, note in RATINGS:
        _rate(lives, _cadre(lives, body, post), profile, _ago(lives, days), points, note)
    for body, days, joined, left in CHANGES:
        _change_members(lives, body, _ago(lives, days), joined, left)
    for body, days, verdict, findings, measures in REVIEWS:
        organisation.review_association(
            lives.seed.orgs[body], on=_ago(lives, days), verdict=verdict,
            findings=findings, measures=measures, by=lives.able("organisation.write", body),
        )  # fmt: skip


def _gather(lives: Lives, said: DemoGathering) -> None:
    """Held for a unit's cadres, most of whom come: two of the three ones (R-042)."""
    org, officer = lives.seed.orgs[said.body], lives.able("activities.write", said.body)
    begin = timezone.make_aware(datetime.combine(_ago(lives, said.days), time(9)))
    activity = plan_activity(
        org, by=officer, sittings=[Sitting(begin, begin + timedelta(hours=3))], kind=said.kind,
        title=said.title, theme=said.theme, place=said.place, programme=said.programme,
        organiser=officer.person,
    )  # fmt: skip
    for step in ("announce", "open"):
        LIFE.perform(activity, step, by=officer)
    led = Post.objects.held(lives.today).filter(subtree(org.path, field="org"))
    cadres_there = Person.objects.filter(pk__in=led.filter(org__kind__in=LED).values("person"))
    people = cadres_there.select_related("org").order_by("pk")
    sign_up(activity, [Signing(one) for one in people], by=officer)
    LIFE.perform(activity, "hold", by=officer)
    dice = Random(said.title)  # noqa: S311 — invented people, nothing secret
    notes = [
        Note(UUID(int=dice.getrandbits(128)), "in", begin, registration=one.pk)
        for one in activity.registrations.filter(status="signed").order_by("pk")
        if dice.randrange(100) < said.share
    ]
    take_notes(activity.sessions.get(), notes, by=officer)
    keep_record(
        activity, minutes=said.programme, gains="到场的干部都说了一条回去要做的事。", by=officer
    )
    LIFE.perform(activity, "record", by=officer)


def _change_members(lives: Lives, body: str, on: date, joined: int, left: int) -> None:
    """An association lives on: some of the unit join it, some of its members leave (R-016)."""
    org = lives.seed.orgs[body]
    by = lives.able("organisation.write", body)
    members = list(Post.objects.held(on).filter(org=org, title="会员").order_by("-pk"))
    for post in members[:left]:
        organisation.end_post(post, until=on, by=by)
    here = {post.person_id for post in members}
    unit = lives.seed.orgs[BODY[body].parent or body]
    people = Person.objects.active().filter(subtree(unit.path, field="org")).exclude(pk__in=here)
    for person in people.order_by("-pk")[:joined]:
        organisation.give_post(person, org, title="会员", since=on, by=by)


def _ago(lives: Lives, days: int) -> date:
    return lives.today - timedelta(days=days)


def _cadre(lives: Lives, body: str, title: str) -> Person:
    return lives.seed.people[holder(body, title) or 0]


def _rate(
    lives: Lives, person: Person, profile: str, on: date, points: tuple[int, ...], note: str
) -> None:
    abilities = cadres.abilities(profile)
    by = lives.able("cadres.write", "city")
    cadres.rate(
        person, org=person.org, profile=profile, on=on, by=by, note=note,
        points=dict(zip(abilities, points, strict=True)),
    )  # fmt: skip


def _version(lives: Lives, body: str, title: str, said: DemoVersion) -> dict[str, object]:
    since = _ago(lives, said.days)
    decided_on = since - timedelta(days=14)
    paper = OfficialPaper(title)
    paper.paragraph(f"（{decided_on:%Y-%m-%d} {said.decided_by}通过，{since:%Y-%m-%d} 起施行）")
    for number, words in enumerate(said.articles, 1):
        paper.paragraph(f"第{'一二三四五六七八九'[number - 1]}条　{words}")
    paper.signature(lives.seed.orgs[body].name, decided_on)
    return {
        "since": since,
        "decided_by": said.decided_by,
        "decided_on": decided_on,
        "number": said.number.format(year=decided_on.year),
        "note": said.note,
        "text": paper.to_bytes(),
    }
