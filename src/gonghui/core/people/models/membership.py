"""Membership as a dated ledger: entries that are only added to, and the spans they make."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org

from .person import Employment, Person


class Standing(models.TextChoices):
    """What a person is to the union on a day (domain §3.2)."""

    WORKER = "worker", "未入会"
    MEMBER = "member", "在籍"
    RETAINED = "retained", "保留会籍"


class Act(models.TextChoices):
    """What an entry of the ledger says happened (domain §3.2)."""

    ENTER = "enter", "登记"
    JOIN = "join", "入会"
    TRANSFER = "transfer", "转接"
    MOVE = "move", "调整"
    EMPLOY = "employ", "用工变更"
    RETAIN = "retain", "保留会籍"
    RESUME = "resume", "恢复会籍"
    QUIT = "quit", "退会"
    LAPSE = "lapse", "自动退会"
    EXPEL = "expel", "除名"
    LEAVE = "leave", "离开"
    DIE = "die", "去世"
    REVOKE = "revoke", "撤销"


class LedgerEntry(models.Model):
    """One thing that happened to a person's membership; never changed, only revoked by another.

    ``org``, ``standing`` and ``employment`` say where the person stands **after** it; an empty
    ``standing`` says that they are on no body's books any more.
    """

    # The indexes below begin with them: one of their own would only slow down every entry.
    person = models.ForeignKey(
        Person, models.PROTECT, db_index=False, related_name="ledger", verbose_name="人员"
    )
    day = models.DateField("日期")
    act = models.CharField("事项", max_length=10, choices=Act.choices)
    org = models.ForeignKey(
        Org, models.PROTECT, db_index=False, related_name="+", verbose_name="所在组织"
    )
    standing = models.CharField("会籍", max_length=10, choices=Standing.choices, blank=True)
    employment = models.CharField("用工形式", max_length=20, choices=Employment.choices, blank=True)
    revokes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="revoked_by"
    )
    reason = models.CharField("事由", max_length=200, blank=True)
    source = models.CharField("来源", max_length=60, blank=True)
    made_at = models.DateTimeField("记录时间", auto_now_add=True)
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )

    class Meta:
        verbose_name = "会籍台账"
        verbose_name_plural = "会籍台账"
        ordering = ["person_id", "day", "pk"]
        indexes = [
            models.Index(fields=["person", "day", "id"], name="ledger_of_person"),
            models.Index(fields=["org", "day"], name="ledger_of_org"),
            models.Index(fields=["source"], name="ledger_by_source", condition=~Q(source="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="ledger_revokes_only_by_revoking",
                condition=Q(act=Act.REVOKE, revokes__isnull=False)
                | (~Q(act=Act.REVOKE) & Q(revokes=None)),
                violation_error_message="撤销要写明撤销哪一条。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.person} {self.get_act_display()}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        """What held on a day; both ends of a span count."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))

    def current(self) -> MembershipQuerySet:
        return self.filter(until=None)


class Membership(models.Model):
    """Where a person stood, how employed and with which standing, from a day until a day.

    Made from the ledger by replaying a person's entries, and by nothing else.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, db_index=False, related_name="memberships", verbose_name="人员"
    )
    org = models.ForeignKey(
        Org, models.PROTECT, db_index=False, related_name="memberships", verbose_name="组织"
    )
    standing = models.CharField("会籍", max_length=10, choices=Standing.choices)
    employment = models.CharField("用工形式", max_length=20, choices=Employment.choices, blank=True)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "会籍"
        verbose_name_plural = "会籍"
        ordering = ["person_id", "since", "pk"]
        indexes = [
            models.Index(fields=["person", "since"], name="membership_of_person"),
            models.Index(
                fields=["org", "standing", "employment", "since", "until"],
                name="membership_of_org",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until=None),
                name="membership_one_at_a_time",
                violation_error_message="一人同时只能有一个会籍。",
            ),
            models.CheckConstraint(
                name="membership_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="会籍的终止日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.org} {self.get_standing_display()}"
