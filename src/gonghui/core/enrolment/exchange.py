"""The columns of a list of people to sign up, and where it is handed in."""

from __future__ import annotations

from pathlib import Path

from gonghui.core.access.actor import Actor
from gonghui.core.activities.forms.activity import CATEGORIES, OUTSIDERS
from gonghui.core.activities.models import Activity
from gonghui.core.activities.queries.reach import within
from gonghui.core.exchange.kinds import Kind, register
from gonghui.core.exchange.people import in_words
from gonghui.core.sheets import cells
from gonghui.core.sheets.columns import Column, with_synonyms
from gonghui.core.signing.models import Registration
from gonghui.core.signing.sockets import Way, ways

from .clerk import EnrolmentClerk
from .finding import CAPABILITY

_KINDS = dict((*CATEGORIES, *OUTSIDERS))
_ROLES = {
    role.value: str(role.label)
    for role in (
        Registration.Role.PARTICIPANT,
        Registration.Role.LEADER,
        Registration.Role.RESERVE,
        Registration.Role.OFFICIAL,
    )
}
_ALSO = {"队员": "participant", "运动员": "participant", "裁判": "official", "工作人员": "official"}

_COLUMNS = (
    Column("name", "姓名", cells.name(50), example="安澜", required=True, width=12),
    Column("unit", "所在单位", cells.short_text(100), width=24, note="有同名的人时要填。"),
    Column(
        "number", "证件号码", cells.code, sealed=True, width=24,
        note="可以不填；填了就按它认人。",
    ),
    Column(
        "group", "组别或项目", cells.short_text(300),
        note="活动分组时填，和活动里的名称一样；可以报几项的，几项用「、」隔开。",
    ),
    Column("role", "身份", cells.choice(_ROLES, _ALSO), choices=_ROLES, note="不填就是参加。"),
    Column("guest", "来宾", cells.yes_or_no, note="不在名册里的人填「是」。"),
    Column("kind", "属于", cells.choice(_KINDS), choices=_KINDS),
    Column("companions", "同行人", cells.short_text(300), note="姓名，几个人用「、」隔开。"),
)  # fmt: skip

PEOPLE = with_synonyms(_COLUMNS, Path(__file__).with_name("heads.json"))


def _led(actor: Actor, pk: int) -> Activity | None:
    """An activity for which the actor may sign up several people."""
    return within(actor, "lead").filter(pk=pk).first()


register(
    Kind(
        code="enrolment",
        label="报名名单",
        noun="报名",
        model=Registration,
        columns=PEOPLE,
        keys={"name": "证件号码，或姓名和所在单位"},
        capability=CAPABILITY,
        clerk=EnrolmentClerk,
        back="signing:people",
        describe=in_words,
        touches=("signing.registration", "activities.activity"),
        notes=(
            "第 2 行是例子，不会导入，可以删去。",
            "名额按表里的先后给；满了以后的人进入候补，有空位自动递补。",
            "须知和问题由本人在手机上补填。",
        ),
        about=_led,
        org_words=("哪个单位的人", "只认这个单位和它下级名册里的人，一个单位一张表。"),
        changes=False,
    )
)

ways.add("enrolment", Way("按 Excel 名单报名", "exchange:hand-in", "enrolment"))
