"""The inbox: tells people something, counts what they have not read, marks it read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is told; ``person`` is their number."""

    person: int
    title: str
    body: str = ""
    url: str = ""
    key: str = ""


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
    told = (person.pk for person in people)
    return tell_all(told, kind=kind, title=title, body=body, url=url, key=key)


def tell_all(
    people: Iterable[int | None],
    *,
    kind: str,
    title: str,
    body: str = "",
    url: str = "",
    key: str = "",
    but: int | None = None,
) -> int:
    """The same by people's numbers, none standing for nobody; ``but`` did it and is not told."""
    told = set(people) - {None, but}
    return tell_each((Message(pk, title, body, url, key) for pk in told if pk), kind=kind)


@transaction.atomic
def tell_each(messages: Iterable[Message], *, kind: str) -> int:
    """Tell many people each their own, in a few queries a thousand; all have keys or none has."""
    if kind not in kinds:
        raise ValueError(f"Notice kind {kind!r} is not registered; see inbox.kinds.")
    # In one order everywhere, so that two tellers never wait for each other.
    told = sorted(set(messages), key=lambda m: (m.person, m.key, m.title))
    if len({bool(message.key) for message in told}) > 1:
        raise ValueError("Messages with a key and without one are told apart.")
    return sum(_tell(told[at : at + BATCH], kind) for at in range(0, len(told), BATCH))


def _tell(messages: list[Message], kind: str) -> int:
    people, keys = {m.person for m in messages}, {m.key for m in messages} - {""}
    known = Notice.objects.filter(person__in=people, key__in=keys)
    if keys:
        told = set(known.values_list("person_id", "key"))
        messages = [m for m in messages if (m.person, m.key) not in told]
    now = timezone.now()
    notices = [
        Notice(
            person_id=m.person,
            kind=kind,
            title=m.title[:200],
            body=m.body,
            url=m.url,
            key=m.key,
            at=now,
        )
        for m in messages
    ]
    # Told at the same moment elsewhere: the constraint keeps one, and neither side fails.
    Notice.objects.bulk_create(notices, ignore_conflicts=bool(keys))
    if keys:
        new = {(m.person, m.key) for m in messages}
        waiting = known.filter(letters=None) if new else known.none()
        notices = [n for n in waiting if (n.person_id, n.key) in new]
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
