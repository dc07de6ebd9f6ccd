"""Who signed up for an activity: places, the waiting line, questions, delegations."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q

from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person


class Quota(models.Model):
    """Places kept for a unit, a group or an item of an activity (R-346)."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="quotas", verbose_name="活动"
    )
    name = models.CharField("组别或项目", max_length=60, blank=True)
    org = models.ForeignKey(
        Org, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    capacity = models.PositiveIntegerField("名额")
    seats_taken = models.PositiveIntegerField("已报人数", default=0, editable=False)

    class Meta:
        verbose_name = "分配名额"
        verbose_name_plural = "分配名额"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="quota_never_overbooked",
                condition=Q(seats_taken__lte=F("capacity")),
                violation_error_message="这一组的名额已满。",
            ),
            models.CheckConstraint(
                name="quota_says_for_whom",
                condition=~Q(name="") | Q(org__isnull=False),
                violation_error_message="请写明名额分给哪个单位或哪一组。",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.org)

    @property
    def seats_left(self) -> int:
        return self.capacity - self.seats_taken


class Question(models.Model):
    """What the organiser asks everybody who signs up."""

    class Kind(models.TextChoices):
        CHOICE = "choice", "单选"
        NUMBER = "number", "数字"
        TEXT = "text", "文字"
        FILE = "file", "文件"

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="questions", verbose_name="活动"
    )
    label = models.CharField("问题", max_length=100)
    kind = models.CharField("答法", max_length=10, choices=Kind.choices, default=Kind.TEXT)
    options = models.JSONField("选项", default=list, blank=True)
    is_required = models.BooleanField("必填", default=False)

    class Meta:
        verbose_name = "报名问题"
        verbose_name_plural = "报名问题"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label


class Terms(models.Model):
    """What the notice of an activity said when somebody agreed to it; a change makes a new one."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="terms", verbose_name="活动"
    )
    version = models.PositiveSmallIntegerField("版本")
    text = models.TextField("报名须知")
    since = models.DateTimeField("起用时间", auto_now_add=True)

    class Meta:
        verbose_name = "须知版本"
        verbose_name_plural = "须知版本"
        ordering = ["activity_id", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "version"],
                name="terms_version_once",
                violation_error_message="这一版须知已经有了。",
            )
        ]

    def __str__(self) -> str:
        return f"第 {self.version} 版须知"


class Delegation(models.Model):
    """A unit's team at an activity, with its leader (R-346)."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="delegations", verbose_name="活动"
    )
    org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name="单位")
    leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="领队"
    )

    class Meta:
        verbose_name = "代表团"
        verbose_name_plural = "代表团"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "org"],
                name="delegation_once",
                violation_error_message="这个单位已经组团。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.org}代表团"


def new_ticket() -> str:
    """128 random bits: what a member's code says, so that it cannot be made by guessing."""
    return secrets.token_urlsafe(16)


class Registration(models.Model):
    """A person's place at an activity, or in the line for one; withdrawn ones are kept.

    A guest who is not on record has a name and no person. ``line`` orders those who wait. A place
    counts in all, for the unit where it has places of its own, and for every item chosen; who has
    chosen some waits as long as there is a place in none of them.
    """

    class Status(models.TextChoices):
        INVITED = "invited", "已邀请"
        SIGNED = "signed", "已报名"
        WAITING = "waiting", "候补"
        DECLINED = "declined", "不参加"
        WITHDRAWN = "withdrawn", "已退出"
        ASKED = "asked", "待同意"

    class Role(models.TextChoices):
        PARTICIPANT = "participant", "参加"
        LEADER = "leader", "领队"
        RESERVE = "reserve", "替补"
        OFFICIAL = "official", "裁判工作人员"
        TEACHER = "teacher", "授课"
        HELPER = "helper", "服务"

    # In a rush everybody waits while one row is written: an index that begins with the key is
    # the key's own, and of what is mostly empty only what is there is indexed.
    activity = models.ForeignKey(
        Activity,
        models.CASCADE,
        db_index=False,
        related_name="registrations",
        verbose_name="活动",
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="registrations",
        verbose_name="人员",
    )
    guest = models.CharField("来宾姓名", max_length=50, blank=True)
    org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name="报名时所在组织")
    role = models.CharField("身份", max_length=20, choices=Role.choices, default=Role.PARTICIPANT)
    unit_quota = models.ForeignKey(
        Quota,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="unit_registrations",
        verbose_name="单位名额",
    )
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="registrations",
    )
    category = models.CharField("属于", max_length=20, blank=True)
    companions = models.PositiveSmallIntegerField("同行人数", default=0)
    companion_names = models.JSONField("同行人", default=list, blank=True)
    companion_kind = models.CharField("同行人属于", max_length=20, blank=True)
    answers = models.JSONField("回答", default=dict, blank=True)
    consented_at = models.DateTimeField("同意须知", null=True, blank=True)
    terms = models.ForeignKey(
        Terms,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name="所同意的",
    )
    line = models.PositiveIntegerField("候补序号", null=True, blank=True, editable=False)
    ticket = models.CharField(max_length=22, default=new_ticket, editable=False)
    status = models.CharField(
        "状态", max_length=20, choices=Status.choices, default=Status.SIGNED, editable=False
    )
    signed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="报名人"
    )
    signed_at = models.DateTimeField("报名时间", editable=False)
    moved_up_at = models.DateTimeField("候补转正时间", null=True, editable=False)

    class Meta:
        verbose_name = "报名"
        verbose_name_plural = "报名"
        ordering = ["activity_id", "pk"]
        indexes = [
            models.Index(fields=["activity", "status", "line"], name="registration_in_line"),
            models.Index(fields=["person", "status"], name="registration_of_person"),
            *(
                models.Index(
                    fields=[name],
                    name=f"registration_{name}",
                    condition=Q(**{f"{name}__isnull": False}),
                )
                for name in ("unit_quota", "delegation", "terms")
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], name="registration_ticket"),
            models.UniqueConstraint(
                fields=["activity", "person"],
                condition=Q(person__isnull=False),
                name="registration_once",
                violation_error_message="已经报过名。",
            ),
            models.CheckConstraint(
                name="registration_is_somebody",
                condition=Q(person__isnull=False) | ~Q(guest=""),
                violation_error_message="请写明是谁参加。",
            ),
            models.CheckConstraint(
                name="registration_waits_in_line",
                condition=~Q(status="waiting") | Q(line__isnull=False),
                violation_error_message="候补要有序号。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person else self.guest

    @property
    def seats(self) -> int:
        """How many places it takes: the person and those who come along.

        Reserves and officials come beside those who compete, and take no place of theirs (R-346).
        """
        return (0 if self.role in BESIDE else 1) + self.companions


class Choice(models.Model):
    """A group, an item or a shift that somebody chose; one person may choose several (R-346).

    Without ``line`` there is a place in it, with one a turn in the line for it. Who withdraws has
    chosen nothing any more.
    """

    registration = models.ForeignKey(
        Registration,
        models.CASCADE,
        db_index=False,
        related_name="chosen",
        verbose_name="报名",
    )
    quota = models.ForeignKey(
        Quota,
        models.PROTECT,
        db_index=False,
        related_name="chosen",
        verbose_name="组别或项目",
    )
    line = models.PositiveIntegerField("候补序号", null=True, editable=False)

    class Meta:
        verbose_name = "所报项目"
        verbose_name_plural = "所报项目"
        ordering = ["registration_id", "quota_id"]
        indexes = [models.Index(fields=["quota", "line"], name="choice_of_quota")]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "quota"],
                name="choice_once",
                violation_error_message="同一项只能报一次。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quota}（候补）" if self.line else str(self.quota)


BESIDE = (Registration.Role.RESERVE, Registration.Role.OFFICIAL)
