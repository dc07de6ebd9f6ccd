"""Who is told of applications, transfers, duplicates and corrections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.officers import nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, kinds, tell_each
from gonghui.core.notices.models import Notice
from gonghui.core.notices.ticking import every_day
from gonghui.core.orgs.models import STEP, Org
from gonghui.core.people.models import Correction, Person
from gonghui.core.screens.doors import door

from .models import Application, Transfer
from .queries.duplicates import likely_pairs
from .queries.late import late_transfers

kinds.add("membership", "会籍")
PAIR = "duplicate:"  # begins the key of what is told of two records


@on("membership.application", "apply")
def tell_committee(application: Application, *, by: Actor, **said: Any) -> None:
    title = f"入会申请：{application.person}（{application.org}）"
    _tell(application, _deciders(application.org, by), title, "请批准或说明不批准的原因。")


@on("membership.application", "approve")
def tell_new_member(application: Application, *, by: Actor, **said: Any) -> None:
    day = application.decided_on
    words = f"从 {day:%Y-%m-%d} 起，您是{application.org}的会员。" if day else ""
    _tell(application, _others([application.person_id], by), "您的入会申请已批准", words)


@on("membership.application", "refuse")
def tell_refused(application: Application, *, by: Actor, reason: str, **said: Any) -> None:
    people = _others([application.person_id, application.made_by_id], by)
    _tell(application, people, f"{application.person}的入会申请未批准", f"原因：{reason}")


@on("membership.transfer", "ask")
def tell_old_union(transfer: Transfer, *, by: Actor, **said: Any) -> None:
    title = f"会籍转出：{transfer.person} 转往 {transfer.to}"
    _tell(transfer, _deciders(transfer.org, by), title, _until(transfer, "请同意或说明原因。"))


@on("membership.transfer", "release")
def tell_new_union(transfer: Transfer, *, by: Actor, **said: Any) -> None:
    title = f"会籍转入：{transfer.person} 来自 {transfer.org}"
    _tell(transfer, _deciders(transfer.to, by), title, _until(transfer, "请接收或说明原因。"))


@on("membership.transfer", "accept")
@on("membership.transfer", "settle")
def tell_moved(transfer: Transfer, *, by: Actor, **said: Any) -> None:
    people = _others([transfer.person_id, transfer.asked_by_id], by)
    _tell(transfer, people, f"{transfer.person}的会籍已转到{transfer.to}", "会籍从接收之日起转移。")


@on("membership.transfer", "hold")
@on("membership.transfer", "decline")
@on("membership.transfer", "reject")
def tell_stays(transfer: Transfer, *, by: Actor, reason: str, **said: Any) -> None:
    people = _others([transfer.person_id, transfer.asked_by_id], by)
    words = f"会籍仍在{transfer.org}。原因：{reason}"
    _tell(transfer, people, f"{transfer.person}的会籍转接未同意", words)


@on("people.correction", "ask")
def tell_keepers(correction: Correction, *, by: Actor, **said: Any) -> None:
    """Whoever keeps people nearest to the person decides."""
    org, me = correction.person.org, correction.person_id
    found = nearest_holders([org], "people.write", timezone.localdate(), but=me)[org.pk]
    _tell(correction, found, f"更正申请：{correction.person}", "请核实后批准，或说明不更正的原因。")


@on("people.correction", "approve")
def tell_corrected(correction: Correction, *, by: Actor, answer: str = "", **said: Any) -> None:
    _tell(correction, _others([correction.person_id], by), "您申请的更正已办好", answer)


@on("people.correction", "refuse")
def tell_uncorrected(correction: Correction, *, by: Actor, answer: str, **said: Any) -> None:
    title = "您申请的更正没有通过"
    _tell(correction, _others([correction.person_id], by), title, f"原因：{answer}")


@every_day("membership.late")
def tell_referees(day: date) -> str:
    """Transfers whose time ran out yesterday: the union above both may decide from today."""
    told = 0
    for transfer in late_transfers(day):
        above = _above_both(transfer.org, transfer.to)
        people = nearest_holders([above], "membership.approve", day)[above.pk] if above else ()
        title = f"会籍转接逾期：{transfer.person}（{transfer.org} → {transfer.to}）"
        told += _tell(transfer, people, title, "双方没有按期办完，请您裁定。", key="late")
    return f"told {told}"


@every_day("membership.duplicates")
def tell_of_duplicates(day: date) -> str:
    """Pairs that look like one person, once to who keeps both; who told them apart is not asked.

    A night tells of so many pairs and the next goes on: told pairs, and those nobody keeps, are
    passed over.
    """
    known = set(Notice.objects.filter(key__startswith=PAIR).values_list("key", flat=True))
    keepers: dict[str, set[int]] = {}

    def keeping(one: Person, other: Person) -> set[int]:
        path = _shared(one.org, other.org)
        if path not in keepers:
            above = Org.objects.filter(path=path).first()
            found = nearest_holders([above], "people.write", day)[above.pk] if above else set()
            keepers[path] = found
        return keepers[path]

    def is_new(one: Person, other: Person) -> bool:
        return _pair_key(one, other) not in known and bool(keeping(one, other))

    told = 0
    for one, other, why in likely_pairs(Person.objects.active(), is_new):
        url = reverse("membership:person-compare", args=[one.pk, other.pk])
        title = f"可能是同一人：{one}（{one.org}）和{other}（{other.org}）"
        said = (title, f"{why}，请比对。", url, _pair_key(one, other))
        told += tell_each((Message(pk, *said) for pk in keeping(one, other)), kind="membership")
    return f"told {told}"


def _pair_key(one: Person, other: Person) -> str:
    return f"{PAIR}{one.pk}:{other.pk}"


def _shared(one: Org, other: Org) -> str:
    """The path of the lowest body that is or leads both; empty where none does."""
    shared = [path for path in one.ancestor_paths() if other.path.startswith(path)]
    return shared[-1] if shared else ""


def _above_both(one: Org, other: Org) -> Org | None:
    """The lowest body both stand below."""
    shared = [path for path in one.ancestor_paths() if other.path.startswith(path)]
    lowest = shared[-1] if shared else ""
    if lowest in (one.path, other.path):
        lowest = lowest[:-STEP]
    return Org.objects.filter(path=lowest).first()


def _deciders(org: Org, by: Actor) -> set[int]:
    day = timezone.localdate()
    return nearest_holders([org], "membership.approve", day, but=by.person_id)[org.pk]


def _others(people: Iterable[int | None], by: Actor) -> set[int]:
    """Nobody is told of what they did themselves."""
    return {pk for pk in people if pk and pk != by.person_id}


def _until(transfer: Transfer, words: str) -> str:
    return f"{words}办理期限 {transfer.due_on:%Y-%m-%d}。" if transfer.due_on else words


def _tell(about: Model, people: Iterable[int], title: str, body: str, *, key: str = "") -> int:
    url, key = door(about), f"{about._meta.label_lower}:{about.pk}:{key}" if key else ""
    return tell_each((Message(pk, title, body, url, key) for pk in people), kind="membership")
