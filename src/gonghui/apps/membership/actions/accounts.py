"""What a person logs in with: an account is opened and changed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.core.access.granting import outranks
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Account, Person, logs_in_with
from gonghui.kit.errors import DomainError
from gonghui.kit.identity import mask_mobile

VERBS |= {"account": "设置账号"}


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
    """Change how a person logs in; a new password or a closed account ends their sessions.

    Without ``mobile`` the number stays what it is; an empty one takes it away.
    """
    kept = Account.objects.select_for_update().get(pk=account.pk)
    if kept.person is None:
        raise DomainError("这个账号不属于任何人，不能在这里修改。")
    _check_rank(kept.person, by)
    _check_free(username, mobile, kept)
    changes = _told(username, mobile, password)
    if kept.is_active != is_active:
        changes["is_active"] = [_active(kept.is_active), _active(is_active)]
    kept.username, kept.is_active = username, is_active
    if mobile is not None:
        kept.mobile = mobile or None
    if password:
        kept.set_password(password)
    kept.save(update_fields=["username", "mobile", "mobile_index", "is_active", "password"])
    record(kept.person, "account", by=by, changes=changes)
    return kept


def _check_rank(person: Person, by: Actor) -> None:
    # The system sets up installations; everybody else hands out no more than they hold.
    if by.person is not None and by.person.pk != person.pk and not outranks(by, person):
        raise DomainError(f"{person}的角色超出您的权限，账号请由上级工会设置。")


def _check_free(username: str, mobile: str | None, own: Account | None) -> None:
    """One field takes both, so a name must not be another person's number either."""
    others = Account.objects.exclude(pk=own.pk) if own else Account.objects.all()
    if others.filter(Q(username__iexact=username) | logs_in_with(username)).exists():
        raise DomainError(f"用户名「{username}」已有人使用，请换一个。")
    if mobile and others.filter(Q(username=mobile) | logs_in_with(mobile)).exists():
        raise DomainError(f"手机号 {mask_mobile(mobile)} 已有人使用，请核对。")


def _told(username: str, mobile: str | None, password: str) -> dict[str, Any]:
    """What history keeps of an account: how one logs in, and never the password."""
    told: dict[str, Any] = {"username": username}
    if mobile:
        told["mobile"] = mask_mobile(mobile)
    if password:
        told |= {"password": "已设置"}
    return told


def _active(value: bool) -> str:
    return "可以登录" if value else "停用"
