"""Who came: marks that phones and lists send in, and the attendance they add up to."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from gonghui.core.activities.models import Session
from gonghui.core.people.models import Person
from gonghui.core.signing.models import Registration


class Mark(models.Model):
    """One thing noted at the door; only added to, known by the number the phone gave it.

    Phones without a network send theirs late, twice, or out of order: ``engine/merging.py`` makes
    the same attendance of them whatever the order.
    """

    class Act(models.TextChoices):
        IN = "in", "签到"
        OUT = "out", "签退"
        EXCUSE = "excuse", "请假"
        UNDO = "undo", "撤销"

    class Way(models.TextChoices):
        SCANNED = "scanned", "扫会员码"
        SELF = "self", "扫现场码"
        TICKED = "ticked", "名单勾选"
        PROXY = "proxy", "班组长代签"
        WALK_IN = "walk_in", "现场报名"

    number = models.UUIDField("编号", primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(
        Session, models.PROTECT, db_index=False, related_name="marks", verbose_name="场次"
    )
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="marks", verbose_name="报名"
    )
    act = models.CharField("事项", max_length=10, choices=Act.choices)
    way = models.CharField("方式", max_length=10, choices=Way.choices)
    at = models.DateTimeField("时间")
    undoes = models.UUIDField("撤销的编号", null=True, blank=True)
    reason = models.CharField("事由", max_length=100, blank=True)
    door = models.CharField("入口", max_length=40, blank=True)
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="经办人"
    )
    received_at = models.DateTimeField("收到时间", auto_now_add=True)

    class Meta:
        verbose_name = "签到记录"
        verbose_name_plural = "签到记录"
        ordering = ["session_id", "at", "number"]
        indexes = [models.Index(fields=["session", "registration"], name="mark_of_session")]
        constraints = [
            models.CheckConstraint(
                name="mark_undoes_something",
                condition=Q(act="undo", undoes__isnull=False) | ~Q(act="undo"),
                violation_error_message="撤销要写明撤销哪一次。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.get_act_display()}"


class Attendance(models.Model):
    """What all marks of one person at one session add up to."""

    class Status(models.TextChoices):
        PRESENT = "present", "到场"
        LATE = "late", "迟到"
        LEFT_EARLY = "left_early", "早退"
        EXCUSED = "excused", "请假"
        ABSENT = "absent", "未到"

    session = models.ForeignKey(
        Session, models.CASCADE, db_index=False, related_name="attendances", verbose_name="场次"
    )
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="attendances", verbose_name="报名"
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="attendances",
        verbose_name="人员",
    )
    status = models.CharField("出勤", max_length=10, choices=Status.choices, editable=False)
    in_at = models.DateTimeField("签到", null=True)
    out_at = models.DateTimeField("签退", null=True)
    reason = models.CharField("事由", max_length=100, blank=True)
    conflict = models.CharField("矛盾", max_length=200, blank=True)

    class Meta:
        verbose_name = "出勤"
        verbose_name_plural = "出勤"
        ordering = ["session_id", "pk"]
        indexes = [models.Index(fields=["person", "status"], name="attendance_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "registration"],
                name="attendance_once",
                violation_error_message="这一场已有此人的出勤。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.get_status_display()}"
