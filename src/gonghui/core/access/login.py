"""Logging in: by user name or mobile number; nobody signs up alone."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.http import HttpRequest

from gonghui.core.people.models import Account


class NameOrMobileBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """One field, two ways to fill it: the user name or the mobile number."""

    def _authenticate_by_username(self, username: str, password: str) -> AbstractBaseUser | None:
        found = list(Account.objects.filter(Q(username__iexact=username) | Q(mobile=username))[:2])
        # A user name that is somebody else's number would be a way in: then neither counts.
        account = found[0] if len(found) == 1 else None
        return self._check_password(account, password)  # type: ignore[no-any-return]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What the product lets people do with their own accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
