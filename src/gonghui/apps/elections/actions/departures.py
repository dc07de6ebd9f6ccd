"""A chair or vice-chair leaves early: removed by vote, or moved with two consents (工会法 §18)."""

from __future__ import annotations

from datetime import date
from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import UNIT, UPPER, Function, Org
from gonghui.core.people.models import Post, Way
from gonghui.core.people.posts import endings, finish_post
from gonghui.kit import law
from gonghui.kit.errors import DomainError

from ..engine import counting
from ..models import Departure, DepartureState, Leaving, Term
from ..models.departure import LEADERS
from ..queries.standards import needed, said

CLOSED = (DepartureState.DONE, DepartureState.REFUSED)


def decide(
    departure: Departure,
    *,
    by: Actor,
    decided_on: date,
    meeting: str,
    eligible: int,
    yes: int,
) -> None:
    """本级表决: a removal by more than half of all (ORG-10), the rest by the committee."""
    if yes > eligible:
        raise DomainError("赞成票不能多于全体人数。")
    if decided_on < departure.proposed_on:
        raise DomainError(f"表决不能早于提出的日期 {departure.proposed_on:%Y-%m-%d}。")
    if departure.way == Leaving.REMOVAL:
        value = needed("removal_share", departure.org, decided_on)
        enough, basis = counting.removed(yes, eligible, value.value), said(value)
    else:
        enough, basis = law.over_half(yes, eligible), "须征得本级委员会同意（工会法第十八条）"
    if not enough:
        raise DomainError(f"全体 {eligible} 人，赞成 {yes} 票，没有过半数，不能通过。{basis}。")
    departure.decided_on, departure.meeting = decided_on, meeting
    departure.eligible, departure.yes = eligible, yes
    departure.save(update_fields=["decided_on", "meeting", "eligible", "yes"])


def submit(departure: Departure, *, by: Actor, submitted_on: date) -> None:
    """报上级: from this day on the union above has its days to answer (ORG-11)."""
    if departure.decided_on and submitted_on < departure.decided_on:
        raise DomainError(f"报上级不能早于本级表决的日期 {departure.decided_on:%Y-%m-%d}。")
    departure.submitted_on = submitted_on
    departure.save(update_fields=["submitted_on"])


def consent(
    departure: Departure, *, by: Actor, approved_on: date, approval: str, left_on: date
) -> None:
    """上级同意: the post ends; the vacancy is to be filled by a by-election (ORG-11, ORG-18)."""
    if departure.decided_on and approved_on < departure.decided_on:
        raise DomainError(f"上级同意不能早于本级表决的日期 {departure.decided_on:%Y-%m-%d}。")
    if departure.submitted_on and approved_on < departure.submitted_on:
        raise DomainError(f"上级同意不能早于报上级的日期 {departure.submitted_on:%Y-%m-%d}。")
    departure.approved_on, departure.approval = approved_on, approval
    departure.left_on = left_on
    departure.save(update_fields=["approved_on", "approval", "left_on"])
    post = finish_post(departure.post, until=left_on)
    told: dict[str, Any] = {"until": [None, str(left_on)], "reason": departure.get_way_display()}
    record(post, "update", by=by, changes=told)


def check_post(post: Post) -> None:
    """Only a chair's or vice-chair's post that is still held can be left this way."""
    if "主席" not in post.title:
        raise DomainError("这里只办理主席、副主席的离任；其他职务请直接登记离任日期。")
    if post.until is not None:
        raise DomainError(f"{post.person}的这个职务已经终止。")
    if Departure.objects.filter(post=post).exclude(state__in=CLOSED).exists():
        raise DomainError("这个职务的离任正在办理。")


def union_of(post: Post) -> Org:
    """The union whose post it is, wherever its committee is kept (decision 0011)."""
    body = post.org
    return body if body.is_union or body.parent is None else body.parent


def leads(post: Post) -> bool:
    """Whether this is the chair or a vice-chair of a union's own committee, elected or so taken."""
    kept_apart = post.org.function == Function.UNION
    own = kept_apart or (post.org.kind in UNIT | UPPER)
    return own and post.title in LEADERS and post.way != Way.ACTING


def ask_departure(post: Post, until: date) -> None:
    """Within the running term a chair leaves by a departure; who left the unit or died does not."""
    person = post.person
    if not leads(post) or (person.left_on and person.left_on <= until):
        return
    term = Term.objects.open().filter(org=union_of(post)).first()
    if term and term.since <= until < term.end:
        raise DomainError(
            f"{post.title}{person}任期未满（本届到 {term.end:%Y-%m-%d}）。罢免须大会表决，"
            "调动、辞职须征得本级委员会和上一级工会同意（工会法第十八条）；"
            "请在「换届 → 主席离任」里办理，上级同意后任职自动结束。"
        )


endings.append(ask_departure)
