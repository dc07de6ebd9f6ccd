"""The inbox: tells people something, counts what they have not read, marks it read."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone

from gonghui.core.people.models import Person
from gonghui.kit.registry import Registry

from .models import Notice
from .outbox import address_letters

BATCH = 1000

kinds: Registry[str] = Registry("notice kinds")
for _name, _label in (
    ("assigned", "交办"),
    ("due", "到期提醒"),
    ("overdue", "逾期"),
    ("submitted", "待审"),
    ("returned", "退回"),
    ("approved", "通过"),
    ("passed", "下达"),
    ("reminder", "催办"),
    ("reported", "上报"),
    ("system", "系统"),
):
    kinds.add(_name, _label)


@transaction.atomic
def tell(
    people: Iterable[Person],
    *,
    kind: str,
    title: str,
    body: str = "",
    url: str = "",
    key: str = "",
) -> int:
    """Put a notice into each inbox and a letter into the outbox, with the caller's own change.

    A notice with a ``key`` reaches a person once, however often it is told. Returns how many
    people were told now.
    """
    if kind not in kinds:
        raise ValueError(f"Notice kind {kind!r} is not registered; see inbox.kinds.")
    words = {"kind": kind, "title": title[:200], "body": body, "url": url, "key": key}
    told = sorted({person.pk for person in people})
    return sum(_tell(told[at : at + BATCH], words) for at in range(0, len(told), BATCH))


def _tell(people: list[int], words: dict[str, str]) -> int:
    key = words["key"]
    if key:
        knows = Notice.objects.filter(key=key, person__in=people).values_list(
            "person_id", flat=True
        )
        people = sorted(set(people) - set(knows))
    now = timezone.now()
    notices = [Notice(person_id=pk, at=now, **words) for pk in people]
    # Told at the same moment elsewhere: the constraint keeps one, and neither side fails.
    Notice.objects.bulk_create(notices, ignore_conflicts=bool(key))
    if key:
        notices = list(Notice.objects.filter(key=key, person__in=people, letters=None))
    address_letters(notices)
    return len(notices)


def inbox_of(person: Person) -> models.QuerySet[Notice]:
    """A person's notices, newest first."""
    return Notice.objects.filter(person=person)


def unread_count(person: Person | None) -> int:
    return inbox_of(person).filter(read_at=None).count() if person else 0


def mark_read(notice: Notice) -> None:
    """Mark one notice read; a second time changes nothing."""
    inbox_of(notice.person).filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(person: Person, *, kind: str = "") -> int:
    """Mark a person's notices read, or those of one kind; returns how many."""
    unread = inbox_of(person).filter(read_at=None)
    return (unread.filter(kind=kind) if kind else unread).update(read_at=timezone.now())
