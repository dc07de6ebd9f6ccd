"""A plan, the papers it carries out, its draft under review, and its calendar address."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class PlanKind(models.TextChoices):
    ANNUAL = "annual", "年度计划"
    TERM = "term", "学期计划"
    MONTHLY = "monthly", "月度计划"
    CAMPAIGN = "campaign", "专项计划"


class PlanState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已通过"
    ISSUED = "issued", "已印发"
    RUNNING = "running", "执行中"
    CLOSED = "closed", "已总结"
    DISCARDED = "discarded", "已作废"


class Pattern(models.TextChoices):
    """The usual kinds of plan a beginner may start from; the texts are ours (示例模板)."""

    ENTERPRISE = "enterprise", "企业工会年度计划"
    SCHOOL = "school", "学校工会学期计划"
    ORGAN = "organ", "机关工会年度计划"
    INDUSTRY = "industry", "产业工会年度计划"
    TEAM = "team", "班组月度计划"


OPEN_STATES = (PlanState.ISSUED, PlanState.RUNNING)
PUBLISHED_STATES = (*OPEN_STATES, PlanState.CLOSED)
EDITABLE_STATES = (PlanState.DRAFT, PlanState.RETURNED)


class PlanQuerySet(models.QuerySet["Plan"]):
    def of_year(self, year: int) -> PlanQuerySet:
        return self.filter(starts_on__year__lte=year, ends_on__year__gte=year)

    def open(self) -> PlanQuerySet:
        """Plans that are worked from."""
        return self.filter(state__in=OPEN_STATES)


class Plan(OrgRecord):
    """A union's plan for a year, a term, a month or a campaign (R-412…R-414).

    It stays with the union that made it.
    """

    title = models.CharField("标题", max_length=200)
    kind = models.CharField(
        "类型", max_length=10, choices=PlanKind.choices, default=PlanKind.ANNUAL
    )
    starts_on = models.DateField("自")
    ends_on = models.DateField("至")
    guidance = models.TextField("指导思想", blank=True)
    main_line = models.CharField("工作主线", max_length=300, blank=True)
    theme = models.CharField("年度主题", max_length=200, blank=True)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=PlanState.choices,
        default=PlanState.DRAFT,
        editable=False,
    )
    approved_by = models.CharField("通过会议", max_length=100, blank=True)
    approved_on = models.DateField("通过日期", null=True, blank=True)
    author = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="plans", verbose_name="编写人"
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", editable=False
    )
    closing = models.TextField("总结说明", blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    changed_at = models.DateTimeField("更新时间", auto_now=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "计划"
        verbose_name_plural = "计划"
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["org", "-starts_on", "-id"], name="plan_of_org")]
        constraints = [
            models.CheckConstraint(
                name="plan_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="结束日期不能早于开始日期。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def year(self) -> int:
        return self.starts_on.year

    @property
    def years(self) -> range:
        return range(self.starts_on.year, self.ends_on.year + 1)

    @property
    def is_editable(self) -> bool:
        """Whether the outline may still be drawn; later the items are worked from."""
        return self.state in EDITABLE_STATES

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class UpperDocument(models.Model):
    """A paper from above that the plan carries out (R-414)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="upper_documents")
    issuer = models.CharField("发文单位", max_length=100)
    number = models.CharField("文号", max_length=60, blank=True)
    spirit = models.CharField("精神或要求", max_length=300, blank=True)

    class Meta:
        verbose_name = "上级文件"
        verbose_name_plural = "上级文件"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.issuer} {self.number}".strip()


class Draft(models.Model):
    """The outline of a plan while it is read and corrected; see ``engine/outlining.py``."""

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="draft")
    outline = models.JSONField("提纲")
    source = models.TextField("原文", blank=True)
    source_name = models.CharField("来源", max_length=200, blank=True)
    fingerprint = models.JSONField("指纹", null=True, blank=True)
    revision = models.PositiveIntegerField("版本", default=1)
    saved_revision = models.PositiveIntegerField("已存版本", default=0)
    # Node → {"item", "text"}: the unfinished tasks that were carried over into the outline.
    carried = models.JSONField("结转", default=dict, blank=True)

    class Meta:
        verbose_name = "计划草稿"
        verbose_name_plural = "计划草稿"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.plan} 草稿"


class Edit(models.Model):
    """One change to a draft's outline, with what stood before, so that it can be undone."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField("版本")
    operation = models.JSONField("操作")
    touched = models.JSONField("涉及")
    before = models.JSONField("之前")
    by = models.ForeignKey(Person, models.PROTECT, null=True)
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = "草稿改动"
        verbose_name_plural = "草稿改动"
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "revision"], name="edit_once_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}@{self.revision}"
