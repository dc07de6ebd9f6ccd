"""What a person agreed to, who looked at what was sealed, and what they ask to have corrected."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.kit.sealed_fields import SealedField

from .person import Person


class Scope(models.TextChoices):
    """What a consent is about (个人信息保护法 §14, §29)."""

    RECORD = "record", "会员资料"
    SENSITIVE = "sensitive", "银行卡和婚姻状况"
    HEALTH = "health", "病情"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> ConsentQuerySet:
        """Given and not withdrawn."""
        return self.filter(withdrawn_at=None)

    def to_text(self, person: Person, scope: str, digest: str) -> ConsentQuerySet:
        """A person's standing agreement to this very text: one row or none."""
        return self.standing().filter(person=person, scope=scope, text_hash=digest)


class Consent(models.Model):
    """That a person agreed to a text, which version of it, and whether they took it back."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents", verbose_name="人员")
    scope = models.CharField("范围", max_length=10, choices=Scope.choices)
    version = models.CharField("版本", max_length=20)
    text_hash = models.CharField("文本校验", max_length=64)
    given_at = models.DateTimeField("同意时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    # Who saw the signed paper; nobody where the person agreed themselves, logged in.
    seen_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="验看人"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "同意记录"
        verbose_name_plural = "同意记录"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scope"],
                condition=Q(withdrawn_at=None),
                name="consent_one_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_scope_display()} {self.version}"


class Reveal(models.Model):
    """That somebody looked at one sealed field of a person: only added to (domain §12.6)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="reveals", verbose_name="被查看人"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="查看人")
    field = models.CharField("内容", max_length=20)
    reason = models.CharField("理由", max_length=200)
    at = models.DateTimeField("时间")
    request_id = models.CharField("请求", max_length=32, blank=True, editable=False)

    class Meta:
        verbose_name = "查看记录"
        verbose_name_plural = "查看记录"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="reveal_by_time")]

    def __str__(self) -> str:
        return f"{self.by}查看{self.person}"


class CorrectionState(models.TextChoices):
    ASKED = "asked", "待审核"
    APPROVED = "approved", "已更正"
    REFUSED = "refused", "未更正"
    TAKEN_BACK = "taken_back", "已撤回"


class Correction(models.Model):
    """What a member asks to have changed in their own record; the union decides.

    It lies with whichever body the member belongs to when it is decided. The wish is sealed,
    because it may be an ID number.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="corrections", verbose_name="申请人"
    )
    field = models.CharField("内容", max_length=20)
    wanted = SealedField("应改为", null=True)
    reason = models.CharField("理由", max_length=200)
    asked_at = models.DateTimeField("申请时间")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=CorrectionState.choices,
        default=CorrectionState.ASKED,
        editable=False,
    )
    answer = models.CharField("答复", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = "更正申请"
        verbose_name_plural = "更正申请"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "person"], name="correction_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=Q(state="asked"),
                name="correction_asked_once",
                violation_error_message="这一项已经申请更正，还没有答复。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}的更正申请"

    @property
    def state_tone(self) -> str:
        """How the state is drawn."""
        return {"asked": "wait", "approved": "done"}.get(self.state, "plain")
