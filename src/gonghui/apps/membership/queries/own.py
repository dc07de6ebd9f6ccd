"""All that is kept of a person, for themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.timezone import localtime

from gonghui.core.access.actor import Actor
from gonghui.core.files.models import Attachment
from gonghui.core.people.models import Account, Consent, Membership, Person, Post
from gonghui.core.people.own import Rows, own_details, own_parts
from gonghui.core.screens.doors import seen_by

from .pointing import pointers
from .privacy import corrections_of, looks_at, name_of
from .record import facts_of, sealed_of, told_of

# A record is somebody's own through a key of one of these names; others say who dealt with it.
OWN_KEYS = ("person", "reader", "mentor", "apprentice", "owner")
# Told in parts of their own, or no record of anybody: the inbox, chosen views, calendar addresses.
APART = frozenset(
    {
        "people.account", "people.consent", "people.correction", "people.identity",
        "people.particulars", "people.post", "notices.notice", "screens.savedview", "feeds.feed",
    }
)  # fmt: skip


def own_record(person: Person) -> Person:
    """The person with the tables of their record."""
    return Person.objects.select_related("org", "particulars", "identity").get(pk=person.pk)


def own_data(person: Person, by: Actor) -> dict[str, Rows]:
    """Everything, sealed fields opened, in words and in parts (个人信息保护法 §45)."""
    parts = {
        "基本资料": [(line.label, _plain(line.value)) for line in facts_of(person)],
        "身份信息": [(line.label, line.value) for line in sealed_of(person, opened=True)],
        "会籍": _spans(person),
        "任职": _posts(person),
        **{title: part(person) for title, part in own_parts.items()},
        "同意": _consents(person),
        "更正申请": _corrections(person),
        "谁查看过": _looks(person),
        "账号": _account(person),
    }
    kept = {title: rows for title, rows in parts.items() if rows or title not in own_parts}
    return kept | {title: rows for title, rows in _records(person, by).items() if title not in kept}


def _records(person: Person, by: Actor) -> dict[str, Rows]:
    """Every record in the person's name that they may see, of whatever app, by what it is."""
    found: dict[str, Rows] = defaultdict(list)
    for row, fields in _own_rows(person, by):
        title = str(row._meta.verbose_name)
        found[title].append((str(row), told_of(row, but=person, fields=fields)))
    for file, row in own_files(person, by):
        found["附件"].append((file.name, f"{row._meta.verbose_name}：{row}"))
    return dict(found)


def _own_rows(person: Person, by: Actor) -> Iterator[tuple[models.Model, tuple[str, ...]]]:
    """Each record in the person's name, then what is part of it, with the fields to tell."""
    for one in pointers():
        if one.field not in OWN_KEYS or one.label in APART or one.model._meta.auto_created:
            continue
        rows = list(seen_by(by, one.rows(person)))
        yield from ((row, ()) for row in rows)
        for detail in own_details:
            if detail.model._meta.get_field(detail.key).related_model is one.model:
                parts = detail.model._base_manager.filter(**{f"{detail.key}__in": rows})
                yield from ((part, detail.fields) for part in seen_by(by, parts))


def own_files(person: Person, by: Actor) -> list[tuple[Attachment, models.Model]]:
    """The files attached to the person's records, each with its record."""
    rows: dict[type[models.Model], dict[Any, models.Model]] = defaultdict(dict)
    for row in [person, *(row for row, _ in _own_rows(person, by))]:
        rows[type(row)][row.pk] = row
    found = []
    for model, known in rows.items():
        if isinstance(next(iter(known)), int):
            kind = ContentType.objects.get_for_model(model)
            kept = Attachment.objects.filter(content_type=kind, object_id__in=list(known))
            found += [(one, known[one.object_id]) for one in kept]
    return found


def _account(person: Person) -> Rows:
    account = Account.objects.filter(person=person).first()
    if account is None:
        return []
    last = _moment(account.last_login) if account.last_login else "还没有登录过"
    emails = EmailAddress.objects.filter(user=account).values_list("email", flat=True)
    devices = UserSession.objects.filter(user=account).order_by("-last_seen_at")
    return [
        ("用户名", account.username),
        ("上次登录", last),
        *(("邮箱", email) for email in emails),
        *(("登录的设备", f"{_moment(one.last_seen_at)} {one}") for one in devices),
    ]


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _spans(person: Person) -> Rows:
    rows = Membership.objects.filter(person=person).select_related("org")
    return [
        (str(span.org), f"{span.get_standing_display()}，{_from_to(span.since, span.until)}")
        for span in rows
    ]


def _posts(person: Person) -> Rows:
    rows = Post.objects.filter(person=person).select_related("org")
    return [(f"{post.org} {post.title}", _from_to(post.since, post.until)) for post in rows]


def _consents(person: Person) -> Rows:
    found = []
    for one in Consent.objects.filter(person=person).select_related("seen_by"):
        ended = f"，{_moment(one.withdrawn_at)} 撤回" if one.withdrawn_at else ""
        how = f"书面同意（{one.seen_by}验看）" if one.seen_by else "同意"
        said = f"版本 {one.version}，{_moment(one.given_at)} {how}{ended}"
        found.append((one.get_scope_display(), said))
    return found


def _corrections(person: Person) -> Rows:
    return [
        (name_of(one.field), f"{_moment(one.asked_at)}，{one.get_state_display()}")
        for one in corrections_of(person)
    ]


def _looks(person: Person) -> Rows:
    return [
        (name_of(one.field), f"{_moment(one.at)} {one.by}（{one.by.org}）：{one.reason}")
        for one in looks_at(person)
    ]


def _from_to(since: Any, until: Any) -> str:
    return f"{since:%Y-%m-%d} 至 {until:%Y-%m-%d}" if until else f"{since:%Y-%m-%d} 起"


def _moment(at: Any) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"
