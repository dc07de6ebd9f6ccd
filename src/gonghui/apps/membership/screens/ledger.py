"""A person's membership on their page, and the forms in which an officer enters what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gonghui.core.people.ledger import current
from gonghui.core.people.models import Act, LedgerEntry, Person, Standing
from gonghui.core.people.replay import HELD
from gonghui.core.screens.panels import WORDS, Custom, plug
from gonghui.core.screens.screens import registry
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.prepared import about
from gonghui.kit.rules import Rule, may

from ..actions import ledger as actions
from ..forms import ledger as asked
from ..models import ApplicationState
from ..queries.late import open_transfer
from ..rules import PERSON_RULES

WORDS |= {
    "ground": "保留的原因",
    "card_returned": "已收回会员证",
    "unpaid_since": "不交会费自",
    "talked_on": "教育谈话",
    "discussed_on": "小组讨论",
    "filed_on": "报上一级备案",
    "entry": "撤销的登记",
    "employment": "用工形式",
}


@dataclass(frozen=True)
class Deed:
    """One act an officer may enter: its word, what it means, what it asks, and for whom."""

    label: str
    lead: str
    form: type[forms.Form]
    standings: tuple[str, ...]  # "" stands for people on nobody's books
    rule: Rule
    run: Callable[..., object]


def _entering(act: str) -> Callable[..., object]:
    def run(person: Person, **said: Any) -> object:
        return actions.enter(person, act, **said)

    return run


def _retain(person: Person, *, ground: str, **said: Any) -> object:
    return actions.enter(person, Act.RETAIN, reason=ground, **said)


MEMBER, RETAINED, WORKER = Standing.MEMBER, Standing.RETAINED, Standing.WORKER
_keeps, _decides = PERSON_RULES["edit"], PERSON_RULES["decide"]
DEEDS = {
    "retain": Deed(
        "保留会籍",
        "退休、下岗失业、服兵役等，会籍保留：免交会费，没有选举权、被选举权和表决权，不计入会员数。",
        asked.RetainForm,
        (MEMBER,),
        _decides,
        _retain,
    ),
    "resume": Deed(
        "恢复会籍",
        "返岗、返聘或再就业后，会籍恢复；到别的工会就业的，请办会籍转接。",
        asked.DayForm,
        (RETAINED,),
        _decides,
        _entering(Act.RESUME),
    ),
    "quit": Deed(
        "退会",
        "会员本人提出退会，由基层工会委员会宣布，并收回会员证。",
        asked.QuitForm,
        HELD,
        _decides,
        _entering(Act.QUIT),
    ),
    "lapse": Deed(
        "自动退会",
        "没有正当理由长期不交会费、不参加工会组织生活，经教育谈话仍不改正的，登记自动退会。",
        asked.LapseForm,
        (MEMBER,),
        _decides,
        actions.lapse,
    ),
    "expel": Deed(
        "除名",
        "由工会小组讨论，基层工会委员会决定，报上一级工会备案。",
        asked.ExpelForm,
        HELD,
        _decides,
        actions.expel,
    ),
    "leave": Deed(
        "离开",
        "离开单位且不保留会籍。填了日期，账号当天起不能登录，在任职务同日终止。"
        "换到别的工会的会员，请办会籍转接。",
        asked.DayForm,
        (WORKER, MEMBER, RETAINED),
        _keeps,
        _entering(Act.LEAVE),
    ),
    "die": Deed(
        "去世",
        "登记去世日期；台账和历史保留。",
        asked.DieForm,
        (WORKER, MEMBER, RETAINED),
        _keeps,
        _entering(Act.DIE),
    ),
    "enter": Deed(
        "重新登记",
        "离开以后又回来的人，从这一天起重新在册；入会另行申请。",
        asked.DayForm,
        ("",),
        _keeps,
        _entering(Act.ENTER),
    ),
}


def standing(person: Person, request: Any) -> dict[str, Any]:
    """Where the person stands, what may be entered, and the ledger entry by entry."""
    here = current(person)
    rows = list(about(person.pk, "ledger", _entries))
    return {
        "here": here,
        "joined_on": person.joined_on,
        "rows": rows,
        "deeds": [] if person.merged_into_id else _deeds(person, here, request.actor),
        "doors": [] if person.merged_into_id else _doors(person, here, request.actor),
        "may_revoke": len(rows) > 1 and _keeps_ledger(person, request.actor),
    }


def _entries(pk: int) -> models.QuerySet[LedgerEntry]:
    entries = LedgerEntry.objects.filter(person=pk).order_by("-day", "-pk")
    return entries.select_related("org", "made_by", "revoked_by")


def _keeps_ledger(person: Person, actor: Any) -> bool:
    return may("decide", PERSON_RULES, actor, person)


def _deeds(person: Person, here: Any, actor: Any) -> list[tuple[str, str]]:
    rights = ((_keeps, "edit"), (_decides, "decide"))
    held = {rule: may(name, PERSON_RULES, actor, person) for rule, name in rights}
    stands = here.standing if here else ""
    return [
        (deed.label, reverse("membership:person-act", args=[person.pk, name]))
        for name, deed in DEEDS.items()
        if stands in deed.standings and held[deed.rule]
    ]


def _doors(person: Person, here: Any, actor: Any) -> list[tuple[str, str]]:
    """Applying and going to another union, where nothing is under way."""
    if here is None or not actor.can("people.write", at=here.org):
        return []
    if here.standing in HELD:
        running = open_transfer(person)
        if running:
            url = registry["membership.transfer"].url("detail", running)
            return [("看办理中的转接", url)]
        return [("会籍转接", reverse("membership:transfer-create") + f"?person={person.pk}")]
    waiting = person.applications.filter(state=ApplicationState.SUBMITTED).first()  # type: ignore[attr-defined]  # our own related name
    if waiting:
        return [("看入会申请", registry["membership.application"].url("detail", waiting))]
    return [("申请入会", reverse("membership:application-create") + f"?person={person.pk}")]


plug("people.person", Custom("会籍", "membership/panel_ledger.html", standing))


@writes
def act(request: Any, pk: int, act: str) -> HttpResponse:
    """One act: asked, then entered; refused in words where the ledger says it cannot be."""
    deed = DEEDS.get(act)
    if deed is None:
        raise Http404
    people = deed.rule.narrow(Person.objects.select_related("org"), request.actor)
    person = get_object_or_404(people, pk=pk)
    form = deed.form(posted(request)[0])

    def enter() -> None:
        deed.run(person, by=request.actor, **form.cleaned_data)

    return small_form(
        request,
        form,
        enter,
        back=_page(person),
        title=deed.label,
        of=person,
        lead=deed.lead,
        submit=f"登记{deed.label}",
    )


@writes
def revoke(request: Any, pk: int) -> HttpResponse:
    """Take one entry back."""
    entries = LedgerEntry.objects.select_related("person__org")
    may = _decides.narrow(Person.objects.order_by(), request.actor)
    rows = entries.exclude(act=Act.REVOKE).filter(revoked_by=None, person__in=may.values("pk"))
    entry = get_object_or_404(rows, pk=pk)
    form = asked.RevokeForm(posted(request)[0])

    def take_back() -> None:
        actions.revoke(entry, by=request.actor, reason=form.cleaned_data["reason"])

    what = f"{entry.day:%Y-%m-%d} {entry.get_act_display()}（{entry.org}）"
    lead = f"{what}。撤销后，台账按没有这一条重新计算。"
    back, title = _page(entry.person), "撤销登记"
    return small_form(
        request, form, take_back, back=back, title=title, of=entry.person, lead=lead, submit=title
    )


def _page(person: Person) -> str:
    return registry["people.person"].url("detail", person)
