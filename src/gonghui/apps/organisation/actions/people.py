"""What happens to a person: they come, change, move and leave, hold posts, and get an account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.core.access.granting import outranks
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Account, Person, Post
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError
from gonghui.kit.text import name_pinyin

VERBS |= {"transfer": "调动", "account": "设置账号"}


@transaction.atomic
def add_person(
    org: Org,
    *,
    name: str,
    by: Actor,
    reading: str = "",
    sex: str = "",
    employment: str = "",
    joined_on: date | None = None,
) -> Person:
    """Register a person with a body; ``reading`` is the pinyin where the usual one is wrong."""
    _check_stands(org)
    usual, letters = name_pinyin(name)
    person = Person.objects.create(
        org=org,
        name=name,
        pinyin=reading or usual,
        initials=letters,
        sex=sex,
        employment=employment,
        joined_on=joined_on,
    )
    record(person, "create", by=by, changes=changes_of({}, snapshot(person)))
    return person


@transaction.atomic
def change_person(person: Person, *, by: Actor, reading: str = "", **values: Any) -> Person:
    """Change a person's own facts (name, sex, employment, joined_on, left_on).

    A new name brings its reading along unless another was typed; whoever leaves leaves their posts.
    """
    kept = Person.objects.select_for_update().get(pk=person.pk)
    before, old_name, old_reading = snapshot(kept), kept.name, kept.pinyin
    for name, value in values.items():
        setattr(kept, name, value)
    usual, kept.initials = name_pinyin(kept.name)
    stale = kept.name != old_name and reading == old_reading
    kept.pinyin = usual if stale or not reading else reading
    kept.save(update_fields=[*values, "pinyin", "initials"])
    changes = changes_of(before, snapshot(kept))
    if kept.left_on and "left_on" in changes:
        for post in Post.objects.filter(person=kept, until=None):
            end_post(post, until=max(kept.left_on, post.since), by=by)
    record(kept, "update", by=by, changes=changes)
    return kept


@transaction.atomic
def move_person(person: Person, org: Org, *, by: Actor, reason: str = "") -> Person:
    """Let a person belong to another body; what they did before stays with the old one."""
    moved = Person.objects.select_for_update().get(pk=person.pk)
    _check_stands(org)
    if moved.org_id == org.pk:
        raise DomainError(f"{moved}已经在「{org}」。")
    before, moved.org = moved.org, org
    moved.save(update_fields=["org"])
    said = {"reason": reason} if reason else {}
    record(moved, "transfer", by=by, changes={"org": [str(before), str(org)], **said})
    return moved


@transaction.atomic
def give_post(
    person: Person, org: Org, *, title: str, since: date, by: Actor, until: date | None = None
) -> Post:
    """Let a person hold a post in a body from a day on."""
    _check_stands(org)
    if person.left_on and person.left_on <= since:
        raise DomainError(f"{person}已经离开，不能任职。")
    if until and until < since:
        raise DomainError("离任日期不能早于任职日期。")
    if (
        until is None
        and Post.objects.filter(person=person, org=org, title=title, until=None).exists()
    ):
        raise DomainError(f"{person}已在「{org}」任{title}。")
    post = Post.objects.create(person=person, org=org, title=title, since=since, until=until)
    record(post, "create", by=by, changes=changes_of({}, snapshot(post)))
    return post


@transaction.atomic
def end_post(post: Post, *, until: date, by: Actor) -> Post:
    """Let a post end on a day."""
    held = Post.objects.select_for_update().get(pk=post.pk)
    if until < held.since:
        raise DomainError("离任日期不能早于任职日期。")
    before = snapshot(held)
    held.until = until
    held.save(update_fields=["until"])
    record(held, "update", by=by, changes=changes_of(before, snapshot(held)))
    return held


@transaction.atomic
def open_account(
    person: Person, *, username: str, by: Actor, password: str, mobile: str | None = None
) -> Account:
    """Give a person a way to log in, by user name or mobile number."""
    _check_rank(person, by)
    if Account.objects.filter(person=person).exists():
        raise DomainError(f"{person}已经有账号。")
    _check_free(username, mobile, None)
    account = Account(person=person, username=username, mobile=mobile or None)
    account.set_password(password)
    account.save()
    record(person, "account", by=by, changes=_told(username, mobile, password))
    return account


@transaction.atomic
def change_account(
    account: Account,
    *,
    username: str,
    by: Actor,
    mobile: str | None = None,
    password: str = "",
    is_active: bool = True,
) -> Account:
    """Change how a person logs in; a new password or a closed account ends their sessions."""
    kept = Account.objects.select_for_update().get(pk=account.pk)
    if kept.person is None:
        raise DomainError("这个账号不属于任何人，不能在这里修改。")
    _check_rank(kept.person, by)
    _check_free(username, mobile, kept)
    changes = _told(username, mobile, password)
    if kept.is_active != is_active:
        changes["is_active"] = [_active(kept.is_active), _active(is_active)]
    kept.username, kept.mobile, kept.is_active = username, mobile or None, is_active
    if password:
        kept.set_password(password)
    kept.save(update_fields=["username", "mobile", "is_active", "password"])
    record(kept.person, "account", by=by, changes=changes)
    return kept


def _check_stands(org: Org) -> None:
    if org.until is not None:
        raise DomainError(f"「{org}」已经撤销，请选别的组织。")


def _check_rank(person: Person, by: Actor) -> None:
    # The system sets up installations; everybody else hands out no more than they hold.
    if by.person is not None and by.person.pk != person.pk and not outranks(by, person):
        raise DomainError(f"{person}的角色超出您的权限，账号请由上级工会设置。")


def _check_free(username: str, mobile: str | None, own: Account | None) -> None:
    """One field takes both, so a name must not be another person's number either."""
    others = Account.objects.exclude(pk=own.pk) if own else Account.objects.all()
    if others.filter(Q(username__iexact=username) | Q(mobile=username)).exists():
        raise DomainError(f"用户名「{username}」已有人使用，请换一个。")
    if mobile and others.filter(Q(username=mobile) | Q(mobile=mobile)).exists():
        raise DomainError(f"手机号 {mobile} 已有人使用，请核对。")


def _told(username: str, mobile: str | None, password: str) -> dict[str, Any]:
    """What history keeps of an account: how one logs in, and never the password."""
    told: dict[str, Any] = {"username": username}
    if mobile:
        told["mobile"] = mobile
    if password:
        told |= {"password": "已设置"}
    return told


def _active(value: bool) -> str:
    return "可以登录" if value else "停用"
