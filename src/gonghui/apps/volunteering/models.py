"""Tables of volunteering: with whom, for what, and when who serves."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.activities.models import Activity, Session
from gonghui.core.orgs.models import OrgRecord
from gonghui.core.signing.models import Quota


class Sort(models.TextChoices):
    """What sort of partner it is (R-436)."""

    COMMUNITY = "community", "社区"
    LEAGUE = "league", "共青团组织"
    CORPS = "corps", "志愿服务队"
    SCHOOL = "school", "学校"
    HOME = "home", "敬老院、福利机构"
    OTHER = "other", "其他"


class Partner(OrgRecord):
    """An outside body volunteers work with: a community, a league committee, a corps (R-436)."""

    name = models.CharField("单位", max_length=100)
    sort = models.CharField("类型", max_length=10, choices=Sort.choices)
    address = models.CharField("地址", max_length=100, blank=True)
    person = models.CharField("联系人", max_length=40, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    note = models.TextField("说明", max_length=1000, blank=True)
    is_current = models.BooleanField("还在合作", default=True)

    class Meta:
        verbose_name = "合作单位"
        verbose_name_plural = "合作单位"
        ordering = ["org_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "name"],
                name="partner_once",
                violation_error_message="这个单位已经登记过。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Need(OrgRecord):
    """What a partner asks for and how much of it was agreed: so many elders, pupils, posts (R-435).

    The number is what the partner's people said; empty until they did.
    """

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="needs", verbose_name="合作单位"
    )
    title = models.CharField("需求", max_length=100)
    words = models.TextField("内容", max_length=1000, blank=True)
    count = models.PositiveIntegerField("商定数量", null=True, blank=True)
    unit = models.CharField("数量单位", max_length=10, blank=True)
    volunteers = models.PositiveIntegerField(
        "需要志愿者（人）", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    agreed_on = models.DateField("商定日期", null=True, blank=True)
    agreed_with = models.CharField("与谁商定", max_length=60, blank=True)
    since = models.DateField("自", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)
    activities = models.ManyToManyField(
        Activity, editable=False, related_name="needs", verbose_name="所办活动"
    )

    class Meta:
        verbose_name = "服务需求"
        verbose_name_plural = "服务需求"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="need_until_after_since",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                violation_error_message="截止日期不能早于开始日期。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def agreed(self) -> str:
        """How much, in words; empty until it was agreed."""
        return f"{self.count} {self.unit}".strip() if self.count is not None else ""


class Shift(models.Model):
    """A time at which so many volunteers serve: a session with places of its own."""

    session = models.OneToOneField(
        Session, models.CASCADE, related_name="shift", verbose_name="场次"
    )
    quota = models.OneToOneField(Quota, models.CASCADE, related_name="shift", verbose_name="名额")

    class Meta:
        verbose_name = "班次"
        verbose_name_plural = "班次"
        ordering = ["session_id"]

    def __str__(self) -> str:
        return str(self.quota)
