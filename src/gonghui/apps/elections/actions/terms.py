"""What happens to a term: it is registered, extended, and what its new chair is owed is done."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.regulations.standards import standard
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.deadlines import add_months, add_years
from gonghui.kit.errors import DomainError

from ..models import ChairDuty, Term
from ..models.term import TermQuerySet
from ..queries.standards import said, terms_of

VERBS |= {"extend": "批准延期换届", "fulfil": "办完"}


@transaction.atomic
def register_term(
    org: Org,
    *,
    number: int,
    since: date,
    years: int,
    by: Actor,
    ended_on: date | None = None,
) -> Term:
    """Enter a union's term; the day the next election is due follows from its length."""
    _check(org, number, since, years, ended_on)
    term = Term.objects.create(
        org=org,
        number=number,
        since=since,
        years=years,
        due_on=add_years(since, years),
        ended_on=ended_on,
    )
    record(term, "create", by=by, changes=changes_of({}, snapshot(term)))
    return term


@transaction.atomic
def change_term(term: Term, *, number: int, since: date, years: int, by: Actor) -> Term:
    """Correct a running term; an extension it was given stays where it still is one."""
    kept = Term.objects.select_for_update().get(pk=term.pk)
    _check(kept.org, number, since, years, kept.ended_on, own=kept)
    before = snapshot(kept)
    kept.number, kept.since, kept.years = number, since, years
    kept.due_on = add_years(since, years)
    if kept.extended_to and kept.extended_to <= kept.due_on:
        raise DomainError("改正后的应换届日期晚于已批准的延期，请先核对延期。")
    kept.save(update_fields=["number", "since", "years", "due_on"])
    record(kept, "update", by=by, changes=changes_of(before, snapshot(kept)))
    return kept


def _check(
    org: Org, number: int, since: date, years: int, ended: date | None, own: Term | None = None
) -> None:
    if not org.is_union:
        raise DomainError(f"「{org}」不是工会，届次登记在工会名下。")
    allowed = terms_of(org, since)
    if allowed and years not in allowed.value:
        raise DomainError(f"任期 {years} 年不符合规定。{said(allowed)}。")
    others = Term.objects.filter(org=org).exclude(pk=own.pk if own else 0)
    if others.filter(number=number).exists():
        raise DomainError(f"第 {number} 届已经登记过。")
    running = others.open().first()
    if ended is None and running:
        raise DomainError(f"第 {running.number} 届还没有结束；补记以前的届次请填届满日期。")
    if ended and ended < since:
        raise DomainError("届满日期不能早于本届开始日期。")
    _check_apart(others, since, ended)


def _check_apart(others: TermQuerySet, since: date, ended: date | None) -> None:
    """No day lies in two terms; that of the election may end one and begin the next."""
    rows = others.filter(Q(ended_on=None) | Q(ended_on__gt=since))
    crossed = rows.filter(since__lt=ended).first() if ended else rows.first()
    if crossed:
        until = f"到 {crossed.ended_on:%Y-%m-%d}" if crossed.ended_on else "起到现在"
        raise DomainError(
            f"第 {crossed.number} 届从 {crossed.since:%Y-%m-%d} {until}，"
            "与这一届的日期重叠，请核对开始和届满的日期。"
        )


@transaction.atomic
def extend_term(
    term: Term, *, until: date, approval: str, approved_on: date, reason: str, by: Actor
) -> Term:
    """Let a term run longer, as the union above permitted (ORG-06, ELE-15)."""
    kept = Term.objects.select_for_update().select_related("org").get(pk=term.pk)
    if kept.ended_on:
        raise DomainError(f"第 {kept.number} 届已经结束，不能再延期。")
    if until <= kept.due_on:
        raise DomainError(f"延期后的日期须晚于应换届日期 {kept.due_on:%Y-%m-%d}。")
    limit = standard("term_extension_max_months", org=kept.org, day=approved_on)
    if limit and until > add_months(kept.due_on, limit.value):
        last = add_months(kept.due_on, limit.value)
        raise DomainError(f"最晚可以延到 {last:%Y-%m-%d}。{said(limit)}。")
    before = str(kept.extended_to) if kept.extended_to else None
    kept.extended_to, kept.extension, kept.extension_on = until, approval, approved_on
    kept.extension_reason = reason
    kept.save(update_fields=["extended_to", "extension", "extension_on", "extension_reason"])
    changes = {"extended_to": [before, str(until)], "extension": approval, "reason": reason}
    record(kept, "extend", by=by, changes=changes)
    return kept


@transaction.atomic
def end_term(term: Term, *, on: date, by: Actor) -> Term:
    """End a term on a day; only the next election does this."""
    term.ended_on = max(on, term.since)
    term.save(update_fields=["ended_on"])
    record(term, "update", by=by, changes={"ended_on": [None, str(term.ended_on)]})
    return term


@transaction.atomic
def fulfil_duty(duty: ChairDuty, *, done_on: date, note: str, by: Actor) -> ChairDuty:
    """Say that a new chair had the talk or the training, on which day and with whom."""
    kept = ChairDuty.objects.select_for_update().get(pk=duty.pk)
    if kept.done_on:
        raise DomainError("这件事已经登记办完。")
    kept.done_on, kept.note = done_on, note
    kept.save(update_fields=["done_on", "note"])
    record(kept, "fulfil", by=by, changes={"done_on": [None, str(done_on)], "note": note})
    return kept
