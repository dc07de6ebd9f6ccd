"""Whether a person may apply to join, and if not, why: for the phone and for the action alike."""

from __future__ import annotations

from gonghui.core.people.ledger import current
from gonghui.core.people.models import Person
from gonghui.core.people.replay import HELD

from ..models import Application, ApplicationState


def open_application(person: Person) -> Application | None:
    """The one that waits for the committee."""
    rows = Application.objects.filter(person=person, state=ApplicationState.SUBMITTED)
    return rows.select_related("org").first()


def why_not_apply(person: Person) -> str:
    """A sentence for who cannot apply; nothing for who can."""
    if person.left_on or person.merged_into_id:
        return f"{person}已经不在册，请先登记。"
    here = current(person)
    if here and here.standing in HELD:
        return f"{person}已经是会员；换了工会请办会籍转接。"
    if open_application(person):
        return f"{person}已有一份入会申请等待批准。"
    return ""
