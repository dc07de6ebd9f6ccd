"""What a person logs in with."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from gonghui.kit.identity import mask_mobile, tidy
from gonghui.kit.sealed_fields import BlindIndexField, SealedField, blind_of

from .person import Person

mobile_number = RegexValidator(r"^1[3-9]\d{9}$", "手机号应为 11 位数字。")


class Account(AbstractUser):
    """What a person logs in with: a user name or a mobile number, and a password."""

    first_name = None  # type: ignore[assignment]  # the name is the person's
    last_name = None  # type: ignore[assignment]  # likewise
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="account", verbose_name="人员"
    )
    mobile = SealedField("手机号", mask=mask_mobile, validators=[mobile_number])
    mobile_index = BlindIndexField(of="mobile", purpose="account", unique=True)

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.person.name if self.person else self.username


def logs_in_with(mobile: str) -> Q:
    """The account with this mobile number, which is found only by its blind column."""
    return Q(mobile_index=blind_of(Account, "mobile_index", tidy(mobile)))
