"""What happens to titles: given, renewed for another term, lowered, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from .models import State, Title

VERBS |= {"honour": "授予称号", "renewal": "复评后授予", "lowering": "降级后授予"}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Given:
    """A title to be given: who gives what to whom, and the sheet it rests on."""

    org: int
    holder: int
    title: str
    evaluation: str
    since: date
    until: date
    person: int | None = None
    sheet: int | None = None


@transaction.atomic
def grant(given: Given, *, by: Actor) -> Title:
    """The paper names the holder as they are called today."""
    holder = Org.objects.get(pk=given.holder)
    person = Person.objects.get(pk=given.person) if given.person else None
    made = Title.objects.create(
        org_id=given.org,
        holder=holder,
        person=person,
        name=f"{holder.name}{person.name}" if person else holder.name,
        title=given.title,
        evaluation=given.evaluation,
        since=given.since,
        until=given.until,
        sheet=given.sheet,
    )
    record(made, "honour", by=by, changes={"until": given.until.isoformat()}, is_new=True)
    emit(made, "honour", by=by)
    return made


def renew(title: Title, *, until: date, reason: str, by: Actor) -> None:
    """复评合格: the next term begins where this one ends, with a paper of its own."""
    since = title.until + ONE_DAY
    if until < since:
        raise DomainError(f"新的有效期要在 {title.until} 之后。")
    _next(title, title.title, since, until, "renewal", reason, by)


def downgrade(title: Title, *, to: str, reason: str, by: Actor) -> None:
    """The lower title holds for what is left of the term; the old paper proves nothing more."""
    today = timezone.localdate()
    if to == title.title:
        raise DomainError("降级后的称号与现在的一样。")
    if title.is_over(today):
        raise DomainError("称号已经到期，不用降级。")
    _next(title, to, max(today, title.since), title.until, "lowering", reason, by)


def _next(
    title: Title, name: str, since: date, until: date, verb: str, reason: str, by: Actor
) -> None:
    made = Title.objects.create(
        org=title.org,
        holder=title.holder,
        person=title.person,
        name=title.name,
        title=name,
        evaluation=title.evaluation,
        since=since,
        until=until,
        before=title,
    )
    record(made, verb, by=by, changes={"reason": reason}, is_new=True)


def withdraw(title: Title, *, reason: str, by: Actor) -> None:
    """The reason is in the history; a next term that was given already goes with it."""
    later = Title.objects.filter(before=title, state=State.STANDING).first()
    if later is not None:
        raise DomainError("下一期称号还有效，请先撤销那一期。")
