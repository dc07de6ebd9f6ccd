"""What identifies a person or is their private life: sealed, masked, shown with a reason."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.kit.identity import looks_like_id, mask_card, mask_mobile, mask_number, tidy
from gonghui.kit.sealed_fields import BlindIndexField, SealedField, TailField, blind_of

from .person import Person
from .words import Document


def number_key(kind: str, number: str) -> str:
    """What makes a document's number unique.

    National numbers of eighteen are one family, whatever kind was ticked; of others two countries
    may issue the same, so their kind belongs to them.
    """
    tidied = tidy(number)
    return tidied if not tidied or looks_like_id(tidied) else f"{kind}|{tidied}"


class IdentityQuerySet(models.QuerySet["Identity"]):
    def numbered(self, kind: str, number: str) -> IdentityQuerySet:
        """Whose document this is: one row or none."""
        return self.filter(
            number_index=blind_of(Identity, "number_index", number_key(kind, number))
        )

    def reached_at(self, mobile: str) -> IdentityQuerySet:
        """Whose mobile this is; a family may share one."""
        return self.filter(mobile_index=blind_of(Identity, "mobile_index", tidy(mobile)))


class Identity(models.Model):
    """A person's document, mobile, bank card and marital status, sealed (decision 0012).

    One person has one record: the ID number's blind column is unique. Written whole, or with
    ``kit.sealed_fields.derive`` before a ``bulk_update``.
    """

    person = models.OneToOneField(
        Person, models.CASCADE, related_name="identity", verbose_name="人员", editable=False
    )
    kind = models.CharField(
        "证件类型", max_length=1, choices=Document.choices, default=Document.ID_CARD
    )
    number = SealedField("证件号码", mask=mask_number)
    number_index = BlindIndexField(of="number_key", purpose="number")
    number_tail = TailField(of="number")
    mobile = SealedField("手机号", mask=mask_mobile)
    mobile_index = BlindIndexField(of="mobile", purpose="mobile")
    mobile_tail = TailField(of="mobile")
    bank_card = SealedField("银行卡号", mask=mask_card)
    marital = SealedField("婚姻状况")

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name = "身份信息"
        verbose_name_plural = "身份信息"
        ordering = ["person_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number_index"],
                name="identity_number_once",
                violation_error_message="这个证件号码已有人登记。",
            )
        ]
        indexes = [
            models.Index(
                fields=["mobile_index"],
                name="identity_by_mobile",
                condition=Q(mobile_index__isnull=False),
            ),
            models.Index(fields=["number_tail", "person"], name="identity_by_number_tail"),
            models.Index(fields=["mobile_tail", "person"], name="identity_by_mobile_tail"),
        ]

    def __str__(self) -> str:
        return f"{self.person}的身份信息"

    def number_key(self) -> str:
        """What the ID number is found by."""
        return number_key(self.kind, self.number.reveal()) if self.number else ""
