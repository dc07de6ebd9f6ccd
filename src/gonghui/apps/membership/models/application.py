"""A worker's wish to join the union, and what the committee said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class ApplicationState(models.TextChoices):
    SUBMITTED = "submitted", "待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    WITHDRAWN = "withdrawn", "已撤回"


APPLICATION_TONES = {
    ApplicationState.SUBMITTED: "wait",
    ApplicationState.APPROVED: "done",
    ApplicationState.REFUSED: "late",
    ApplicationState.WITHDRAWN: "plain",
}


class Way(models.TextChoices):
    """How the person said that they want to join (domain MEM-01)."""

    ONLINE = "online", "网上申请"
    PAPER = "paper", "书面申请"
    ORAL = "oral", "口头申请"


class Application(OrgRecord):
    """A person's application to join; it stays with the body where they applied (R-009)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="applications", verbose_name="申请人"
    )
    way = models.CharField("申请方式", max_length=10, choices=Way.choices)
    consent = models.BooleanField("本人自愿申请，并同意登记个人信息")
    # On paper: which version of the text was signed, and who saw it; or who heard the wish.
    consent_version = models.CharField("同意书版本", max_length=20, blank=True, editable=False)
    seen_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="验看人",
        help_text="书面申请：谁看过本人签名的申请书和同意书。口头申请：谁听取的。",
    )  # fmt: skip
    words = models.TextField("申请说明", blank=True, max_length=500)
    applied_on = models.DateField("申请日期")
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="填报人"
    )
    made_at = models.DateTimeField("填报时间", auto_now_add=True)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=ApplicationState.choices,
        default=ApplicationState.SUBMITTED,
        editable=False,
    )
    decided_on = models.DateField("决定日期", null=True, editable=False)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="审批人"
    )
    document = models.CharField("会议或文号", max_length=100, blank=True, editable=False)
    refusal = models.CharField("未批准的原因", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = "入会申请"
        verbose_name_plural = "入会申请"
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["org", "state", "-made_at"], name="application_of_org"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="submitted"),
                name="application_one_at_a_time",
                violation_error_message="此人已有一份入会申请等待批准。",
            ),
            models.CheckConstraint(
                name="application_is_voluntary",
                condition=Q(consent=True),
                violation_error_message="入会须本人自愿，请勾选同意。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} 入会申请"

    @property
    def state_tone(self) -> str:
        return APPLICATION_TONES[ApplicationState(self.state)]
