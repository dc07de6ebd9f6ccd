"""A gathering people attend, and its sessions in time."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.people.models import Person
from gonghui.kit.dates import Period
from gonghui.kit.moments import bounds

from .resource import Resource
from .series import Series


class State(models.TextChoices):
    """Where an activity is in its life, from the notice to the filed record (R-118)."""

    DRAFT = "draft", "筹划"
    ANNOUNCED = "announced", "已通知"
    OPEN = "open", "报名中"
    CLOSED = "closed", "报名截止"
    HELD = "held", "已举办"
    RECORDED = "recorded", "已记录"
    FILED = "filed", "已归档"
    POSTPONED = "postponed", "延期"
    CANCELLED = "cancelled", "取消"


class Admits(models.TextChoices):
    """What becomes of people outside the categories, and of those who are no members (R-022)."""

    ALL = "all", "只作说明，都可以报名"
    LEAVE = "leave", "不在其中的，要负责人同意"
    MEANT = "meant", "不在其中的，不能报名"


OVER = (State.HELD, State.RECORDED, State.FILED)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def between(self, since: datetime, until: datetime) -> ActivityQuerySet:
        """Activities that touch a period; an undated draft touches none."""
        return self.filter(starts_at__lt=until, ends_at__gt=since)

    def held_in(self, period: Period) -> ActivityQuerySet:
        """Those that took place, and began in the period."""
        since, until = bounds(period.start, period.end)
        return self.filter(state__in=OVER, starts_at__gte=since, starts_at__lt=until)

    def standing(self) -> ActivityQuerySet:
        """Those that take or took place: neither drafts nor called off."""
        return self.exclude(state__in=(State.DRAFT, State.CANCELLED))


class Activity(OrgRecord):
    """A gathering: a meeting, a class, a match, an evening, a visit (R-118, R-346…R-373).

    It belongs to the body that holds it and stays there. ``starts_at`` and ``ends_at`` are those of
    its sessions; ``seats_taken`` and ``line`` are written only on the locked row by core/signing.
    """

    kind = models.CharField("类别", max_length=20)
    title = models.CharField("名称", max_length=100)
    theme = models.CharField("主题", max_length=200, blank=True)
    occasion = models.CharField("节日", max_length=10, blank=True)  # a name of kit.dates
    purpose = models.TextField("目的", blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    organiser = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organised_activities",
        verbose_name="负责人",
    )
    partners = models.ManyToManyField(
        Org, blank=True, related_name="partnered_activities", verbose_name="协办组织"
    )
    # Those of them that said yes: it is for their people too.
    joined = models.ManyToManyField(
        Org, editable=False, related_name="joined_activities", verbose_name="同意协办的组织"
    )
    outside_partners = models.CharField("其他协办单位", max_length=200, blank=True)
    programme = models.TextField("议程", blank=True)
    cost = models.DecimalField(
        "预计费用（元）", max_digits=12, decimal_places=2, null=True, blank=True
    )
    series = models.ForeignKey(
        Series,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="occasions",
        verbose_name="系列",
    )
    differs = models.BooleanField("单独改过", default=False, editable=False)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="copies"
    )
    # What it carries out, such as a plan's task; a plug names what may stand here.
    carries_type = models.ForeignKey(ContentType, models.PROTECT, null=True, editable=False)
    carries_id = models.PositiveBigIntegerField(null=True, editable=False)
    carries_out = GenericForeignKey("carries_type", "carries_id")

    audience = models.ManyToManyField(
        Org, blank=True, related_name="audience_activities", verbose_name="面向单位"
    )
    categories = models.JSONField("面向人员", default=list, blank=True)
    outsiders = models.JSONField("会员以外", default=list, blank=True)
    admits = models.CharField(
        "不符合的人", max_length=10, choices=Admits.choices, default=Admits.ALL
    )

    capacity = models.PositiveIntegerField("名额", null=True, blank=True)
    items_allowed = models.PositiveSmallIntegerField("每人最多报几项", default=1)
    seats_taken = models.PositiveIntegerField("已报人数", default=0, editable=False)
    line = models.PositiveIntegerField("候补序号", default=0, editable=False)
    opens_at = models.DateTimeField("报名开始", null=True, blank=True)
    closes_at = models.DateTimeField("报名截止", null=True, blank=True)
    withdraw_by = models.DateTimeField("可退出至", null=True, blank=True)
    companions_allowed = models.PositiveSmallIntegerField("每人可带", default=0)
    consent = models.TextField("报名须知", blank=True)
    starts_at = models.DateTimeField("开始", null=True, blank=True, editable=False)
    ends_at = models.DateTimeField("结束", null=True, blank=True, editable=False)

    state = models.CharField(
        "状态", max_length=20, choices=State.choices, default=State.DRAFT, editable=False
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "活动"
        verbose_name_plural = "活动"
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["org", "starts_at"], name="activity_of_org"),
            models.Index(fields=["starts_at", "ends_at"], name="activity_in_time"),
            models.Index(fields=["carries_type", "carries_id"], name="activity_carries"),
        ]
        constraints = [
            models.CheckConstraint(
                name="activity_never_overbooked",
                condition=Q(capacity=None) | Q(seats_taken__lte=F("capacity")),
                violation_error_message="名额已满。",
            ),
            models.CheckConstraint(
                name="activity_allows_an_item",
                condition=Q(items_allowed__gte=1),
                violation_error_message="每人至少可以报一项。",
            ),
            models.CheckConstraint(
                name="activity_closes_after_opening",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                violation_error_message="报名截止要晚于报名开始。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def seats_left(self) -> int | None:
        """Free places; ``None`` where no number is set."""
        return None if self.capacity is None else self.capacity - self.seats_taken

    @property
    def has_begun(self) -> bool:
        """Its time has come; what has no time has not begun."""
        return self.starts_at is not None and self.starts_at <= timezone.now()

    @property
    def is_past(self) -> bool:
        """Its time is over, whatever its state says; what has no time is still to come."""
        return self.ends_at is not None and self.ends_at < timezone.now()


def new_secret() -> bytes:
    return secrets.token_bytes(32)


class Session(models.Model):
    """One meeting in time and place of an activity; attendance is kept for each."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="sessions", verbose_name="活动"
    )
    title = models.CharField("场次", max_length=60, blank=True)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    place = models.CharField("地点", max_length=100, blank=True)
    resources = models.ManyToManyField(
        Resource, through="Booking", related_name="sessions", verbose_name="场地设备"
    )
    secret = models.BinaryField(default=new_secret, editable=False, max_length=32)
    doors_before = models.PositiveSmallIntegerField("提前几分钟开始签到", default=120)
    doors_after = models.PositiveSmallIntegerField("结束后几分钟停止签到", default=0)
    # Where members sign in by themselves, when that is asked: all three or none.
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    radius = models.PositiveIntegerField("范围（米）", null=True, blank=True)

    class Meta:
        verbose_name = "场次"
        verbose_name_plural = "场次"
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="session_in_time")]
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="结束时间要晚于开始时间。",
            ),
            models.CheckConstraint(
                name="session_place_whole",
                condition=Q(latitude=None, longitude=None, radius=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    radius__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                    radius__gt=0,
                ),
                violation_error_message="纬度、经度和范围要一起填写。",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.activity)


class Booking(models.Model):
    """A room or a piece of equipment held for a session; never twice at one time."""

    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="bookings", verbose_name="场地设备"
    )
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="bookings", verbose_name="场次"
    )

    class Meta:
        verbose_name = "占用"
        verbose_name_plural = "占用"
        ordering = ["session_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "session"],
                name="booking_once",
                violation_error_message="这一场已经占用了它。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.session}"
