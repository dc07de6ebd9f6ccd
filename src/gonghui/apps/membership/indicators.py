"""What is counted of people: workers, members, their rate, who came and who left."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import in_reach, is_person
from gonghui.core.indicators.registry import (
    STOOD,
    Added,
    Indicator,
    Ratio,
    Source,
    Split,
    ages,
    declare,
    employments,
    sexes,
)
from gonghui.core.people.models import Act, LedgerEntry, Membership, Standing
from gonghui.core.people.models.words import Skill

from .models import Application, ApplicationState, Transfer, TransferState
from .rules import APPLICATION_RULES, TRANSFER_RULES

AREA = "membership"
reads = in_reach("people.view") | is_person("person")

books = Source(
    "membership.books",
    rows=lambda: Membership.objects.all(),
    rule=reads,
    since="since",
    until="until",
    person="person",
    once=True,
    columns=("person", "person__sex", "org", "standing", "employment", "since"),
    page="person",
    splits=(sexes(), employments(), ages(), Split("standing", "会籍", "standing")),
    follows={"people.person": STOOD},
)
ledger = Source(
    "membership.ledger",
    rows=lambda: LedgerEntry.objects.filter(revoked_by=None).exclude(act=Act.REVOKE),
    rule=reads,
    day="day",
    person="person",
    columns=("person", "day", "act", "org", "reason"),
    page="person",
    splits=(Split("act", "事项", "act"), sexes(), employments()),
    added=Added("made_at", ("org", "revokes__org")),
)
applications = Source(
    "membership.application",
    rows=lambda: Application.objects.all(),
    rule=APPLICATION_RULES["view"],
    day="applied_on",
    person="person",
    columns=("person", "org", "applied_on", "way", "state", "decided_on"),
    splits=(Split("state", "状态", "state"), Split("way", "申请方式", "way"), sexes()),
)
transfers = Source(
    "membership.transfer",
    rows=lambda: Transfer.objects.all(),
    rule=TRANSFER_RULES["view"],
    day="asked_on",
    person="person",
    columns=("person", "org", "to", "asked_on", "due_on", "state"),
    splits=(Split("state", "状态", "state"), sexes()),
)
# Counted for the union that let go, on the day the other took in: from then on nobody is missing.
handed_over = Source(
    "membership.handed_over",
    rows=lambda: Transfer.objects.filter(state=TransferState.ACCEPTED),
    rule=TRANSFER_RULES["view"],
    day="accepted_on",
    person="person",
    columns=("person", "org", "to", "accepted_on", "document"),
    splits=(sexes(),),
)
counted = ~Q(standing=Standing.RETAINED)
member = Q(standing=Standing.MEMBER)
GRADED = Q(person__particulars__skill__gt="")
SENIOR = (Skill.THREE, Skill.TWO, Skill.ONE, Skill.SPECIAL, Skill.CHIEF)


def _people(code: str, title: str, only: Q, about: str, among: Q | None = None) -> Indicator:
    """People on the books on the last day of the period."""
    name = f"membership.{code}"
    return Indicator(name, title, "人", AREA, books, only=only, among=among, about=about)


def _share(code: str, title: str, over: str, under: str, about: str) -> Ratio:
    names = (f"membership.{over}", f"membership.{under}")
    return Ratio(f"membership.{code}", title, "%", AREA, *names, about=about)


def _entries(code: str, title: str, act: Act, about: str) -> Indicator:
    return Indicator(
        f"membership.{code}", title, "人次", AREA, ledger, only=Q(act=act), about=about
    )


declare(
    _people(
        "workers", "职工（在册）", counted, "期末在册的职工，会员和未入会的都算，不算保留会籍的。"
    ),
    _people("members", "会员", member, "期末在籍的会员，不算保留会籍的。"),
    _share("rate", "入会率", "members", "workers", "期末会员占在册职工的多少。"),
    _people(
        "not_joined", "未入会职工", Q(standing=Standing.WORKER), "期末在册、还不是会员的职工。"
    ),
    _people(
        "workers_women",
        "女职工（在册）",
        counted & Q(person__sex="female"),
        "期末在册的女职工，会员和未入会的都算。",
    ),
    _people(
        "workers_migrants",
        "农民工（在册）",
        counted & Q(person__is_migrant=True),
        "登记为农民工的在册职工；没有登记的不算，谁都没有登记就是暂无。",
        Q(person__is_migrant__isnull=False),
    ),
    _people(
        "workers_dispatched",
        "劳务派遣工（在册）",
        counted & Q(employment="dispatched"),
        "期末为劳务派遣的在册职工。",
    ),
    _people("retained", "保留会籍", Q(standing=Standing.RETAINED), "期末保留会籍的会员。"),
    _people("women", "女会员", member & Q(person__sex="female"), "期末在籍的女会员。"),
    _share("women_share", "女会员占比", "women", "members", "女会员占会员的多少。"),
    _people(
        "sex_unknown",
        "性别未填的会员",
        member & Q(person__sex=""),
        "没有登记性别的会员；不为零时，按性别分的数字都偏少。",
    ),
    _people(
        "migrants",
        "农民工会员",
        member & Q(person__is_migrant=True),
        "登记为农民工的会员；没有登记的不算，谁都没有登记就是暂无。",
        Q(person__is_migrant__isnull=False),
    ),
    _people(
        "skilled",
        "有技术等级的职工",
        counted & GRADED,
        "登记了技术等级的在册职工；没有登记的不算，谁都没有登记就是暂无。",
        GRADED,
    ),
    _people(
        "senior",
        "高级工及以上职工",
        counted & Q(person__particulars__skill__in=SENIOR),
        "技术等级为高级工、技师、高级技师、特级技师、首席技师的在册职工；谁都没有登记就是暂无。",
        GRADED,
    ),
    _share(
        "senior_share",
        "高级工及以上占比",
        "senior",
        "skilled",
        "高级工及以上占登记了技术等级的在册职工的多少；学徒工也在分母里。",
    ),
    _people(
        "gig",
        "新就业形态会员",
        member & ~Q(person__gig=""),
        "登记了新就业形态类别的会员；没有登记的不算，谁都没有登记就是暂无。",
        ~Q(person__gig=""),
    ),
    _people(
        "dispatched", "劳务派遣会员", member & Q(employment="dispatched"), "期末为劳务派遣的会员。"
    ),
    _entries("joined", "入会", Act.JOIN, "台账里入会日期在期内的；撤销了的不算。"),
    _entries("moved_in", "转接", Act.TRANSFER, "会籍转接到本单位的；撤销了的不算。"),
    _entries("left", "离开", Act.LEAVE, "台账里离开日期在期内的；撤销了的不算。"),
    _entries("quit", "退会", Act.QUIT, "本人退会的；撤销了的不算。"),
    Indicator(
        "membership.died",
        "去世的会员",
        "人次",
        AREA,
        ledger,
        only=Q(act=Act.DIE, person__joined_on__isnull=False),
        about="台账里去世日期在期内、入过会的；撤销了的不算。",
    ),
    Indicator(
        "membership.moved_out",
        "转出会员",
        "人次",
        AREA,
        handed_over,
        about="转往别的组织、对方接收日期在期内的会籍转接；本单位内部之间转接的也在内。",
    ),
    Indicator(
        "membership.applied",
        "入会申请",
        "件",
        AREA,
        applications,
        about="申请日期在期内的入会申请。",
    ),
    Indicator(
        "membership.approved",
        "批准的入会申请",
        "件",
        AREA,
        applications,
        only=Q(state=ApplicationState.APPROVED),
        about="申请日期在期内、现已批准的入会申请。",
    ),
    _share("approved_share", "入会申请批准率", "approved", "applied", "期内的申请批准了多少。"),
    Indicator(
        "membership.transfers",
        "会籍转接申请",
        "件",
        AREA,
        transfers,
        about="发起日期在期内、从本单位转出的会籍转接。",
    ),
    Indicator(
        "membership.transferred",
        "办结的会籍转接",
        "件",
        AREA,
        transfers,
        only=Q(state=TransferState.ACCEPTED),
        about="发起日期在期内、对方已经接收的会籍转接。",
    ),
)
