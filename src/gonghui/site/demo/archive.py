"""Fills learning archives: books, reflections, notes, courses; what is shown, thanked, frozen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from gonghui.apps.archive import api as archive
from gonghui.core.access.actor import Actor
from gonghui.core.documents.outbound.pdf import write_pdf
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person

from .lives import Lives

UNITS = ("machinery", "gas", "school", "freight", "chem", "post", "thermal", "bank", "water-supply")
BOOKS = (
    ("平凡的世界", "路遥"), ("给教师的建议", "苏霍姆林斯基"), ("红岩", "罗广斌、杨益言"),
    ("钢铁是怎样炼成的", "奥斯特洛夫斯基"), ("活着", "余华"), ("乡土中国", "费孝通"),
    ("毛泽东选集 第一卷", "毛泽东"), ("傅雷家书", "傅雷"), ("资治通鉴选", "司马光"),
)  # fmt: skip
AT_SCHOOL = (
    ("读《给教师的建议》有感",
     "书里说，要把学生的思考放在讲解的前面。我把一节新授课的例题改成学生先做、先说，错的地方留在"
     "黑板上一起看。课慢了，可是作业里的错少了一半，这件事值得接着做。"),
    ("一节公开课的反思",
     "听课的老师说我问得多、等得少。回看录像，每个问题平均只等了两秒。下周起问完先数五下再叫人，"
     "把话留给学生说完。"),
)  # fmt: skip
REFLECTIONS = (
    ("班前会上的十分钟",
     "过去班前会念完文件就散。这个月改成每人说一条昨天碰到的问题，十分钟里说清三件事：出了什么、"
     "为什么、今天怎么防。四周下来，重复出现的小故障少了，大家也愿意开口了。"),
    ("一次抢修之后",
     "那天管线漏气，从接报到关阀用了十一分钟。回来复盘，有两分钟花在找钥匙上。我们把钥匙箱移到"
     "值班室门口，又做了一块牌子。学习不只在书上，每次复盘都是一课。"),
    ("跟师傅学听音",
     "师傅用一根铁棒抵着轴承就能说出毛病。我录了三十段声音，标上结果，天天对着听。现在十次能听准"
     "七次，离师傅还远，但是知道怎么练了。"),
)  # fmt: skip
NOTES = ("新版安全规程学习笔记", "听优质课笔记", "设备点检要点", "服务用语和投诉处理")
COURSES = (
    ("高级工技能提升班", "市职业培训中心", 24),
    ("安全管理人员继续教育", "市应急培训学校", 12),
)
RECOMMENDED = (
    ("machinery", "平凡的世界", "路遥", "全体职工", "普通人怎样把日子过出劲头，人人读得进去。"),
    ("machinery", "毛泽东选集 第一卷", "毛泽东", "班组长以上", "学调查研究，先弄清情况再说话。"),
    ("school", "给教师的建议", "苏霍姆林斯基", "全体教师", "一百条建议，每学期读十条、用一条。"),
)  # fmt: skip
YEAR_BACK = 300  # days the pieces lie behind today


def fill_archives(lives: Lives) -> None:
    """After the year's gatherings, whose hours stand in the same archives."""
    given = [one for unit in UNITS for one in _of_unit(lives, unit)]
    given += _of_member(lives)
    made = archive.lay_in(given, by=lives.able("learning.write", "city"))
    _share(lives, [one for one in made if one.shown_to == "union" and one.kind == "reflection"])
    for unit, title, author, readers, why in RECOMMENDED:
        by = lives.able("learning.write", unit)
        facts = {"title": title, "author": author, "readers": readers, "why": why}
        archive.recommend(lives.seed.orgs[unit], by=by, on=lives.today - timedelta(30), **facts)


def _people_of(lives: Lives, unit: str) -> list[Person]:
    path = lives.seed.orgs[unit].path
    found = [one for one in lives.seed.people.values() if one.org.path.startswith(path)]
    return sorted(found, key=lambda one: one.pk)


def _of_unit(lives: Lives, unit: str) -> Iterator[Any]:
    """Every third has read a book, every seventh written; a course now and then waits."""
    org, judge = lives.seed.orgs[unit], lives.able("learning.write", unit).person
    for at, person in enumerate(_people_of(lives, unit)):
        on = _day(lives, person.pk)
        if at % 3 == 0:
            title, author = BOOKS[person.pk % len(BOOKS)]
            yield _given(person, org, "book", title, on, author=author)
        if at % 7 == 1:
            texts = AT_SCHOOL if unit == "school" else REFLECTIONS
            title, text = texts[at // 7 % len(texts)]
            shown = "union" if at // 7 % 8 == 0 else "officers"
            yield _given(person, org, "reflection", title, on, text=text, shown_to=shown)
        if at % 5 == 2:
            yield _given(person, org, "note", NOTES[at % len(NOTES)], on, shown_to="me")
        if at % 17 == 3:
            yield _course(lives, person, org, on, judge if at % 2 else None)


def _day(lives: Lives, number: int) -> date:
    return lives.today - timedelta(days=number * 37 % YEAR_BACK + 1)


def _course(lives: Lives, person: Person, org: Org, on: date, judge: Person | None) -> Any:
    title, author, hours = COURSES[person.pk % len(COURSES)]
    facts = {"author": author, "amount": Decimal(hours), "outside": True}
    if judge is None or judge.pk == person.pk:
        handed = max(on, lives.today - timedelta(20))
        facts |= {"state": "handed_in", "handed_in_on": handed, "paper": _paper(title, author)}
    else:
        facts |= {"state": "confirmed", "confirmed_by": judge, "handed_in_on": on}
    return _given(person, org, "course", title, on, **facts)


@cache
def _paper(title: str, author: str) -> bytes:
    """A made-up proof, the same for all who attended."""
    rows = [["课程", title], ["主办", author], ["说明", "演示用的证明材料，不是真的证书"]]
    heads = [{"label": "项目"}, {"label": "内容", "width": 3}]
    return write_pdf("table", {"title": "结业证明（演示）", "columns": heads, "rows": rows})


def _given(person: Person, org: Org, kind: str, title: str, on: date, **facts: Any) -> Any:
    return archive.Given(person=person, org=org, kind=kind, title=title, on=on, **facts)


def _of_member(lives: Lives) -> list[Any]:
    """The member anybody may log in as has a year of everything, and a draft."""
    person, org = lives.seed.account_person("member"), lives.seed.orgs["machinery"]
    judge = lives.able("learning.write", "machinery").person
    day = lives.today
    done = {"state": "confirmed", "confirmed_by": judge, "handed_in_on": day - timedelta(70)}
    title, text = REFLECTIONS[2]
    return [
        _given(person, org, "book", "钢铁是怎样炼成的", day - timedelta(190),
               author="奥斯特洛夫斯基"),
        _given(person, org, "book", "平凡的世界", day - timedelta(40), author="路遥",
               text="少平在煤矿里还带着书，我没有理由说没时间。"),
        _given(person, org, "reflection", title, day - timedelta(33), text=text, shown_to="union"),
        _given(person, org, "note", "轴承故障三十例", day - timedelta(21), shown_to="team"),
        _given(person, org, "certificate", "钳工", day - timedelta(80), author="市技能鉴定中心",
               grade="高级工（三级）", **done),
        _given(person, org, "contest", "职工技能比武钳工组", day - timedelta(120), grade="第二名",
               author="市总工会", shown_to="union", **done),
        _given(person, org, "reflection", "年底回头看", day, state="draft", shown_to="me",
               text="这一年读了两本书，考下了高级工。还差的是"),
    ]  # fmt: skip


def _share(lives: Lives, shown: list[Any]) -> None:
    """Some thank and say a word."""
    for at, piece in enumerate(shown[:6]):
        friends = [one for one in _people_of(lives, _unit_of(lives, piece)) if one != piece.person]
        for friend in friends[: at % 3 + 1]:
            archive.thank(piece, by=Actor(friend))
        if at % 2 == 0 and friends:
            archive.comment(piece, "这个办法我们班也想试试。", by=Actor(friends[-1]))


def _unit_of(lives: Lives, piece: Any) -> str:
    return next(unit for unit in UNITS if lives.seed.orgs[unit].pk == piece.org_id)
