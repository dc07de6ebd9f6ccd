"""A unit that has no union yet, what was found there, and how far its union has come."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import INDUSTRIES, Org, OrgRecord, Unit
from gonghui.core.people.models import Person


class ProspectState(models.TextChoices):
    """How far the setting up of a union is (domain §1.3, ORG-02)."""

    WAITING = "waiting", "待筹建"
    PREPARING = "preparing", "筹建"
    SUBMITTED = "submitted", "报批"
    FOUNDED = "founded", "已建会"
    PAUSED = "paused", "暂缓"


OPEN_STATES = (
    ProspectState.WAITING,
    ProspectState.PREPARING,
    ProspectState.SUBMITTED,
    ProspectState.PAUSED,
)


class ProspectQuerySet(models.QuerySet["Prospect"]):
    def open(self) -> ProspectQuerySet:
        """Units that still have no union."""
        return self.filter(state__in=OPEN_STATES)

    def without_union(self, day: date) -> ProspectQuerySet:
        """On record on a day and without a union then; its union is there from its founding on."""
        return self.filter(found_on__lte=day).exclude(union__since__lte=day)


class Prospect(OrgRecord):
    """A unit without a union, in the care of the union that is to help it found one (R-007).

    It stays with that union; ``union`` is the body it became.
    """

    unit = models.CharField("单位名称", max_length=100)
    code = models.CharField("单位统一社会信用代码", max_length=18, blank=True)
    sort = models.CharField("单位类型", max_length=20, choices=Unit.choices, blank=True)
    industry = models.CharField("国民经济行业", max_length=1, choices=INDUSTRIES, blank=True)
    address = models.CharField("地址", max_length=100, blank=True)
    founded_on = models.DateField("单位成立日期", null=True, blank=True)
    workers = models.PositiveIntegerField("职工数", null=True, blank=True)
    women = models.PositiveIntegerField("其中女职工", null=True, blank=True)
    contact = models.CharField("联系人", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    found_on = models.DateField("登记日期")
    keeper = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="prospects",
        verbose_name="包联干部",
    )
    state = models.CharField(
        "状态",
        max_length=10,
        choices=ProspectState.choices,
        default=ProspectState.WAITING,
        editable=False,
    )
    union = models.OneToOneField(
        Org,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="founded_from",
        verbose_name="工会",
    )

    objects = ProspectQuerySet.as_manager()

    class Meta:
        verbose_name = "未建会单位"
        verbose_name_plural = "未建会单位"
        ordering = ["-found_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="prospect_code_once",
                violation_error_message="这个单位已经登记过。",
            ),
            models.CheckConstraint(
                name="prospect_women_within",
                condition=Q(women=None) | Q(workers=None) | Q(women__lte=models.F("workers")),
                violation_error_message="女职工数不能大于职工数。",
            ),
            models.CheckConstraint(
                name="prospect_founded_has_union",
                condition=Q(union=None) | Q(state=ProspectState.FOUNDED),
                violation_error_message="批准建会后才有工会。",
            ),
        ]

    def __str__(self) -> str:
        return self.unit


class SurveyNote(models.Model):
    """What somebody found on a visit to a unit without a union."""

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="surveys")
    on = models.DateField("调研日期")
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="surveys", verbose_name="调研人"
    )
    text = models.TextField("调研情况", max_length=2000)

    class Meta:
        verbose_name = "调研记录"
        verbose_name_plural = "调研记录"
        ordering = ["prospect_id", "-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.prospect} {self.on:%Y-%m-%d}"
