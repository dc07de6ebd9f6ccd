"""The people of 安澜市: who belongs where, who holds which post, who logs in as whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from .city import BODIES, BODY, Body, below
from .names import person_name

SEED = 20260112
FOUNDING_YEARS = 24  # how far back people may have joined their unions

# Employment kinds with their weights, by the sort of work a body does.
EMPLOYMENT: dict[str, tuple[tuple[str, int], ...]] = {
    "organ": (("permanent", 80), ("hired", 20)),
    "school": (("permanent", 84), ("hired", 12), ("contract", 4)),
    "service": (("contract", 74), ("dispatched", 12), ("agency", 14)),
    "plant": (("contract", 76), ("dispatched", 15), ("agency", 9)),
    "union": (("permanent", 100),),
    "student": (("other", 100),),
}
WOMEN = {"organ": 46, "school": 68, "service": 55, "plant": 27, "union": 45, "student": 60}


@dataclass(frozen=True)
class DemoPerson:
    """One person; `years` is how many years ago they joined, `mobile` is of a fictional range."""

    serial: int
    name: str
    sex: str
    body: str
    employment: str
    years: int
    mobile: str


@dataclass(frozen=True)
class DemoPost:
    """A post held in a body by the person with this serial."""

    serial: int
    body: str
    title: str


@dataclass(frozen=True)
class Showcase:
    """A person anybody may log in as in the demo, with the role held at a body."""

    username: str
    name: str
    sex: str
    home: str
    post: tuple[str, str] | None
    role: str
    at: str
    says: str
    also: str = ""  # a second role, held at the same body


# Nobody hands out more than they hold, and 系统管理员 holds nothing of plans; so that whoever sets
# up the demo can appoint its 工会主席 and 委员, the administrator is of the upper union as well.
SHOWCASE = (
    Showcase("admin", "沈志明", "male", "city", None, "系统管理员", "city", "系统管理员",
             also="上级工会"),
    Showcase("city", "许慧敏", "female", "city", ("city", "副主席"), "上级工会", "city",
             "市总工会副主席"),
    Showcase("zhou", "周正平", "male", "machinery-office", ("machinery", "主席"), "工会主席",
             "machinery", "机械公司工会主席"),
    Showcase("officer", "何静", "female", "machinery-office", ("machinery", "宣教委员"),
             "工会委员", "machinery", "机械公司工会宣教委员"),
    Showcase("leader", "郑国强", "male", "machinery-office", None, "党政领导", "machinery",
             "机械公司党政领导"),
    Showcase("branch", "梁海燕", "female", "assembly", ("assembly", "分会主席"), "分会主席",
             "assembly", "装配车间分会主席"),
    Showcase("team", "孙立军", "male", "repair-2", ("repair-2", "班组长"), "班组长", "repair-2",
             "机修二班班组长"),
    Showcase("member", "李文涛", "male", "repair-2", None, "会员", "repair-2", "机修二班会员"),
    Showcase("energy", "程宏伟", "male", "energy", ("energy", "主席"), "上级工会", "energy",
             "市能源化工产业工会主席"),
    Showcase("commerce", "夏艳", "female", "commerce", ("commerce", "主席"), "上级工会",
             "commerce", "市商贸金融产业工会主席"),
    Showcase("bureau", "邹长江", "male", "water", ("water", "主席"), "上级工会", "water",
             "县水务局工会联合会主席"),
    Showcase("school", "唐雅琴", "female", "school-8", ("school", "主席"), "工会主席", "school",
             "第三实验学校工会主席"),
    Showcase("organs", "贾文静", "female", "organs", ("organs", "主席"), "上级工会", "organs",
             "市直机关工会工委主席"),
    Showcase("freight", "丁大勇", "male", "freight", ("freight", "主席"), "工会主席", "freight",
             "货运处工会主席"),
    Showcase("gas", "蒋晓燕", "female", "gas-office", ("gas", "主席"), "工会主席", "gas",
             "燃气公司工会主席"),
    Showcase("post", "卢志鹏", "male", "post", ("post", "主席"), "工会主席", "post",
             "邮政分公司工会主席"),
    Showcase("chem", "范宝成", "male", "chem-1", ("chem-1", "主席"), "工会主席", "chem-1",
             "化工厂一车间工会主席"),
    Showcase("volunteer", "苏语嫣", "female", "volunteer", ("volunteer", "部长"), "分会主席",
             "volunteer", "大学学生志愿服务部部长"),
)  # fmt: skip

_LARGE = ("主席", "副主席", "组织委员", "宣教委员", "生产委员", "生活委员", "女工主任", "经审主任")
_LARGE_SCHOOL = tuple("文体委员" if title == "生产委员" else title for title in _LARGE)
_SMALL = ("主席", "副主席", "女工主任", "经审主任", "委员")
COMMITTEE_SIZE = 5
ASSOCIATION_SIZE = 12
CONGRESS_SIZE = 30  # the least of a union of 100 to 200 members (``delegate_sizes``)
# Congresses by the end of their key: what their seats are called.
_DELEGATES = {"congress": "会员代表", "workers": "职工代表"}

# What leads a body of each kind, for those that are not unions with a committee.
_HEAD = {
    "branch": "分会主席",
    "workshop": "主席",
    "team": "班组长",
    "year_group": "年级组长",
    "section": "教研组长",
    "association": "会长",
    "friendship": "召集人",
    "committee": "主任",
    "leading_group": "组长",
}
_REST = {"association": "会员", "committee": "委员", "leading_group": "组员", "friendship": "成员"}
_UNIONS = frozenset({"federation", "industry", "working_committee", "joint", "grassroots"})


@cache
def people() -> tuple[DemoPerson, ...]:
    """Everybody, the showcase people first in their bodies."""
    rng = Random(SEED)  # noqa: S311 — invented people, nothing secret
    known: dict[str, list[Showcase]] = {}
    for one in SHOWCASE:
        known.setdefault(one.home, []).append(one)
    found: list[DemoPerson] = []
    for body in BODIES:
        named = known.get(body.key, [])
        for place in range(max(body.people, len(named))):
            shown = named[place] if place < len(named) else None
            found.append(_person(rng, len(found) + 1, body, shown))
    return tuple(found)


def _person(rng: Random, serial: int, body: Body, shown: Showcase | None) -> DemoPerson:
    sex = "female" if rng.randrange(100) < WOMEN[body.sector] else "male"
    student = body.sector == "student"
    born = rng.randint(2004, 2007) if student else rng.randint(1968, 2002)
    years = 0 if student else rng.randint(1, max(1, min(FOUNDING_YEARS, 2022 - born)))
    kinds, weights = zip(*EMPLOYMENT[body.sector], strict=True)
    employment = rng.choices(kinds, weights)[0]
    name = person_name(rng, sex, born)
    if shown:
        name, sex, employment = shown.name, shown.sex, employment if student else kinds[0]
    return DemoPerson(serial, name, sex, body.key, employment, years, f"199{serial:08d}")


@cache
def showcase_serials() -> dict[str, int]:
    """User name → serial of the person it is."""
    left = {(one.home, one.name): one.username for one in SHOWCASE}
    found: dict[str, int] = {}
    for person in people():
        if username := left.pop((person.body, person.name), None):
            found[username] = person.serial
    return found


@cache
def posts() -> tuple[DemoPost, ...]:
    """Every post held, chairs first."""
    return tuple(post for body in BODIES for post in _posts_of(body))


def holder(body: str, *titles: str) -> int | None:
    """The serial of who holds the first of these titles that is filled in a body."""
    held = {post.title: post.serial for post in reversed(list(_posts_of(BODY[body])))}
    return next((held[title] for title in titles if title in held), None)


def _posts_of(body: Body) -> Iterator[DemoPost]:
    if body.kind in _UNIONS:
        yield from _committee_posts(body)
    elif title := _DELEGATES.get(body.key.rpartition("-")[2]):
        yield from _delegates(body, title)
    elif body.kind in _REST:
        yield from _body_posts(body)
    else:
        head = _shown(body.key, _HEAD[body.kind]) or _pool(body)[0].serial
        yield DemoPost(head, body.key, _HEAD[body.kind])


def _committee_posts(body: Body) -> Iterator[DemoPost]:
    """A union's committee; the women's head is a woman, nobody sits twice."""
    pool = _pool(body)
    large = _LARGE_SCHOOL if body.sector in ("school", "organ") else _LARGE
    titles = large if len(pool) >= 60 else _SMALL
    taken = {number for one, number in showcase_serials().items() if _is_reserved(one)}
    for title in titles:
        serial = _shown(body.key, title)
        if serial is None:
            fits = (p for p in pool if title != "女工主任" or p.sex == "female")
            serial = next((p.serial for p in fits if p.serial not in taken), None)
        if serial is not None:
            taken.add(serial)
            yield DemoPost(serial, body.key, title)


def _body_posts(body: Body) -> Iterator[DemoPost]:
    """A committee, a leading group or an association: its head and its members."""
    rng = Random(f"{SEED}-{body.key}")  # noqa: S311 — invented people, nothing secret
    pool = list(_pool(body) if body.people else _pool(BODY[body.parent or body.key]))
    if body.sector == "student":
        yield DemoPost(_shown(body.key, "部长") or pool[0].serial, body.key, "部长")
        return
    parent = body.parent or body.key
    head = None
    if body.key.endswith("-women"):
        pool = [person for person in pool if person.sex == "female"]
        head = holder(parent, "女工主任")
    elif body.key.endswith("-audit"):
        head = holder(parent, "经审主任")
    elif body.kind == "leading_group":
        head = holder(parent, "主席")
    wanted = ASSOCIATION_SIZE if body.kind == "association" else COMMITTEE_SIZE
    others = [person.serial for person in pool if person.serial != head]
    chosen = [*([head] if head else []), *rng.sample(others, min(wanted, len(others)))][:wanted]
    for place, serial in enumerate(chosen):
        yield DemoPost(serial, body.key, (_REST if place else _HEAD)[body.kind])


def _delegates(body: Body, title: str) -> Iterator[DemoPost]:
    """The chair, and members from all over the unit who are of its own staff."""
    rng = Random(f"{SEED}-{body.key}")  # noqa: S311 — invented people, nothing secret
    unit = body.parent or body.key
    chair, shown = holder(unit, "主席"), set(showcase_serials().values())
    own = [one for one in _pool(BODY[unit]) if one.employment in ("permanent", "contract")]
    others = [one.serial for one in own if one.serial not in shown | {chair}]
    seats = [*([chair] if chair else []), *sorted(rng.sample(others, CONGRESS_SIZE - 1))]
    for serial in seats:
        yield DemoPost(serial, body.key, title)


@cache
def _pool(body: Body) -> tuple[DemoPerson, ...]:
    """Those of the body and of its own branches and teams, not of unions below it."""
    keys = {body.key}
    for lower in below(body.key)[1:]:
        if lower.parent in keys and lower.kind not in _UNIONS and lower.sector != "student":
            keys.add(lower.key)
    return tuple(person for person in people() if person.body in keys)


def _shown(body: str, title: str) -> int | None:
    return next(
        (showcase_serials()[one.username] for one in SHOWCASE if one.post == (body, title)), None
    )


def _is_reserved(username: str) -> bool:
    """Showcase people hold the post their story gives them and no other."""
    return any(one.username == username for one in SHOWCASE)
