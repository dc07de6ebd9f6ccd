"""A membership on its way from one union to another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.people.models import Person


class TransferState(models.TextChoices):
    ASKED = "asked", "待转出"
    RELEASED = "released", "待接收"
    ACCEPTED = "accepted", "已接收"
    REFUSED = "refused", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


TRANSFER_TONES = {
    TransferState.ASKED: "wait",
    TransferState.RELEASED: "doing",
    TransferState.ACCEPTED: "done",
    TransferState.REFUSED: "late",
    TransferState.WITHDRAWN: "plain",
}


class Transfer(OrgRecord):
    """A membership handed over: ``org`` lets go, ``to`` takes in; until then nothing changes."""

    org = models.ForeignKey(Org, models.PROTECT, verbose_name="原组织")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="transfers", verbose_name="会员"
    )
    to = models.ForeignKey(
        Org, models.PROTECT, related_name="transfers_in", verbose_name="转入组织"
    )
    reason = models.CharField("转接原因", max_length=200)
    asked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="发起人"
    )
    asked_on = models.DateField("发起日期")
    due_on = models.DateField("办理期限", null=True)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=TransferState.choices,
        default=TransferState.ASKED,
        editable=False,
    )
    released_on = models.DateField("转出日期", null=True, editable=False)
    accepted_on = models.DateField("接收日期", null=True, editable=False)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="经办人"
    )
    document = models.CharField("介绍信或文号", max_length=100, blank=True, editable=False)
    refusal = models.CharField("未同意的原因", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = "会籍转接"
        verbose_name_plural = "会籍转接"
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(fields=["org", "state", "due_on"], name="transfer_from_org"),
            models.Index(fields=["to", "state", "due_on"], name="transfer_to_org"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["asked", "released"]),
                name="transfer_one_at_a_time",
                violation_error_message="此人已有一件会籍转接正在办理。",
            ),
            models.CheckConstraint(
                name="transfer_goes_elsewhere",
                condition=~Q(org=F("to")),
                violation_error_message="转入组织不能是原组织。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} 转往 {self.to}"

    @property
    def state_tone(self) -> str:
        return TRANSFER_TONES[TransferState(self.state)]
