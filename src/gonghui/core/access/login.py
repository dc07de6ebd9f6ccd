"""Logging in: by user name or mobile number; nobody signs up, and nobody who left comes in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.people.models import Account, logs_in_with

from .holding import account_of

QUIET = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


def account_named(login: str) -> Account | None:
    """The one account with this user name or mobile number."""
    found = list(
        Account.objects.select_related("person__org").filter(
            Q(username__iexact=login) | logs_in_with(login)
        )[:2]
    )
    # A user name that is somebody else's number would be a way in: then neither counts.
    return found[0] if len(found) == 1 else None


def may_log_in(account: Any) -> bool:
    """An active account of a person who has not left."""
    left = account.person.left_on if account.person else None
    return bool(account.is_active and (left is None or left > timezone.localdate()))


class NameOrMobileBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """One field, two ways to fill it: the user name or the mobile number."""

    def _authenticate_by_username(self, username: str, password: str) -> AbstractBaseUser | None:
        return self._check_password(account_named(username), password)  # type: ignore[no-any-return]

    def user_can_authenticate(self, user: Any) -> bool:
        return may_log_in(user)

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, with all that is read of it, in one query."""
        found = account_of(user_id)
        return found if found and may_log_in(found) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What the product lets people do with their own accounts, in its words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "用户名（手机号）或密码不对。请检查大小写后再试。",
        "too_many_login_attempts": "密码连续输错多次。请过 5 分钟再试，或请工会干部重设密码。",
        "account_inactive": "密码正确，但这个账号已经停用。如有疑问，请联系本会工会干部。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Say nothing of what the next page shows by itself."""
        if message_template not in QUIET:
            super().add_message(request, level, message_template, *args, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("usersessions_list")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures by account: its name and its number are one door, under any host name."""
        login = str(credentials.get("username", ""))
        account = account_named(login)
        return f"account:{account.pk}" if account else f"nobody:{login.lower()}"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        account: AbstractBaseUser | None = super().authenticate(request, **credentials)
        # allauth hands back an account that may not log in, to show it a page we do not have.
        if account and not may_log_in(account):
            raise self.validation_error("account_inactive")
        return account
