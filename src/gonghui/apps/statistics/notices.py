"""Who is told of what happens to forms that were sent down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.officers import nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, tell_each
from gonghui.core.notices.ticking import every_day
from gonghui.core.orgs.models import Org

from .models import Collection, Filing
from .queries.collections import missing_of

AHEAD = (3, 1)  # days before a form is due


@on("statistics.collection", "send_form")
def tell_units(
    collection: Collection, *, by: Actor, filings: Sequence[Filing], **said: Any
) -> None:
    body = f"{collection.org}下发，请在 {collection.due_on:%Y-%m-%d} 前上报。"
    _tell(collection.org, filings, "passed", f"请填报：{collection}", body)


@on("statistics.collection", "remind_form")
def remind_units(
    collection: Collection, *, by: Actor, filings: Sequence[Filing], **said: Any
) -> None:
    _remind(collection, collection.org, filings)


@on("statistics.filing", "remind_form")
def remind_units_below(
    filing: Filing, *, by: Actor, filings: Sequence[Filing], **said: Any
) -> None:
    _remind(filing.collection, filing.org, filings)


@on("statistics.collection", "move_due")
def tell_of_another_day(
    collection: Collection, *, by: Actor, filings: Sequence[Filing], reason: str, **said: Any
) -> None:
    body = f"上报期限改为 {collection.due_on:%Y-%m-%d}。原因：{reason}"
    _tell(collection.org, filings, "passed", f"上报期限改了：{collection}", body)


@on("statistics.filing", "let_off")
def tell_who_is_let_off(filing: Filing, *, by: Actor, reason: str, **said: Any) -> None:
    body = f"这一期不用上报。原因：{reason}"
    _tell(filing.collection.org, [filing], "passed", f"免报：{filing.collection}", body)


@on("statistics.filing", "ask_again")
def tell_who_files_after_all(filing: Filing, *, by: Actor, **said: Any) -> None:
    body = f"这一期仍要上报，期限是 {filing.collection.due_on:%Y-%m-%d}。"
    _tell(filing.collection.org, [filing], "passed", f"恢复填报：{filing.collection}", body)


@every_day("statistics.due")
def remind_before_due(day: date) -> str:
    """Those who have not handed in, 3 days and 1 day before the last day; once each."""
    rows = Collection.objects.filter(due_on__in=[day + timedelta(days=n) for n in AHEAD])
    told = 0
    for collection in rows.select_related("org", "form"):
        body = f"上报期限是 {collection.due_on:%Y-%m-%d}。"
        head, key = f"快到期，还没有上报：{collection}", f"form-due:{day}"
        filings = list(missing_of(collection))
        told += _tell(collection.org, filings, "due", head, body, key=key)
    return f"told {told}"


def _remind(collection: Collection, sender: Org, filings: Sequence[Filing]) -> None:
    """At most once a day and unit, however often the button is pressed, and by whomever."""
    body = f"{sender}催报：还没有上报，期限是 {collection.due_on:%Y-%m-%d}。"
    key = f"remind-form:{timezone.localdate()}"
    _tell(sender, filings, "reminder", f"催报：{collection}", body, key=key)


@on("statistics.filing", "confirm")
def tell_reviewers(filing: Filing, *, by: Actor, **said: Any) -> None:
    """Whoever may approve it; the sender's own is approved by the sender."""
    org = filing.above.org if filing.above else filing.org
    day = timezone.localdate()
    found = nearest_holders([org], "statistics.review", day, but=by.person_id)
    body = "已上报，请审核通过或退回。"
    _send(found[org.pk], filing, "submitted", f"待审核：{filing}", body)


@on("statistics.filing", "approve")
def tell_unit_of_approval(filing: Filing, *, by: Actor, **said: Any) -> None:
    """Not who approves their own: the sender of a form is its own last reviewer."""
    found = nearest_holders([filing.org], "statistics.write", timezone.localdate())
    people = found[filing.org_id] - {by.person_id}
    _send(people, filing, "approved", f"已审核锁定：{filing}", "数字已经锁定，计入上级的合计。")


@on("statistics.filing", "return")
def tell_unit_of_return(filing: Filing, *, by: Actor, reason: str, **said: Any) -> None:
    found = nearest_holders([filing.org], "statistics.write", timezone.localdate())
    _send(found[filing.org_id], filing, "returned", f"已退回：{filing}", f"原因：{reason}")


def _tell(
    sender: Org,
    filings: Sequence[Filing],
    kind: str,
    title: str,
    body: str,
    *,
    key: str = "",
) -> int:
    """The officers of the units, or of the nearest body between a unit and the sender."""
    units = [one.org for one in filings]
    day, path = timezone.localdate(), sender.path
    found = nearest_holders(units, "statistics.write", day, below=path)
    messages = [
        Message(pk, title, body, _url(one), f"{key}:{one.pk}" if key else "")
        for one in filings
        for pk in found[one.org_id]
    ]
    return tell_each(messages, kind=kind)


def _send(people: Iterable[int], filing: Filing, kind: str, title: str, body: str) -> None:
    tell_each((Message(pk, title, body, _url(filing)) for pk in people), kind=kind)


def _url(filing: Filing) -> str:
    return reverse("statistics:filing-detail", args=[filing.pk])
