"""What topic groups of a team improve, with the figure before and after."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person
from gonghui.kit.amounts import plain


class TopicField(models.TextChoices):
    """What an improvement is about (R-159)."""

    MANAGEMENT = "management", "管理"
    QUALITY = "quality", "质量"
    COST = "cost", "成本"
    EFFICIENCY = "efficiency", "工效"


class TopicState(models.TextChoices):
    """Where a topic stands, from the proposal to the praise (R-158…R-160)."""

    PROPOSED = "proposed", "已提出"
    RUNNING = "running", "攻关中"
    RELEASED = "released", "已发布"
    PRAISED = "praised", "已表彰"
    DROPPED = "dropped", "不再做"


class Topic(OrgRecord):
    """An improvement a topic group of a team works at, with its measure before and after.

    A measure that nobody took stays empty; it is never 0.
    """

    title = models.CharField("课题", max_length=100)
    field = models.CharField("方面", max_length=12, choices=TopicField.choices)
    group = models.CharField("课题小组", max_length=60, blank=True)
    leader = models.ForeignKey(
        Person, models.PROTECT, related_name="led_topics", verbose_name="组长"
    )
    members = models.ManyToManyField(Person, blank=True, related_name="topics", verbose_name="组员")
    words = models.TextField("问题和做法", max_length=2000, blank=True)
    since = models.DateField("开始", null=True, blank=True)
    due_on = models.DateField("计划完成", null=True, blank=True)
    measure = models.CharField("用什么衡量", max_length=60, blank=True)
    unit = models.CharField("计量单位", max_length=10, blank=True)
    before = models.DecimalField("改善前", max_digits=12, decimal_places=2, null=True, blank=True)
    after = models.DecimalField(
        "改善后", max_digits=12, decimal_places=2, null=True, editable=False
    )
    result = models.TextField("成果", max_length=1000, blank=True, editable=False)
    released_on = models.DateField("发布日期", null=True, editable=False)
    praise = models.CharField("表彰", max_length=200, blank=True, editable=False)
    praised_on = models.DateField("表彰日期", null=True, editable=False)
    state = models.CharField(
        "状态", max_length=10, choices=TopicState.choices, default=TopicState.PROPOSED,
        editable=False,
    )  # fmt: skip

    class Meta:
        verbose_name = "改善课题"
        verbose_name_plural = "改善课题"
        ordering = ["-released_on", "-pk"]
        indexes = [models.Index(fields=["org", "state"], name="topic_of_org")]
        constraints = [
            models.CheckConstraint(
                name="topic_measured_in_a_unit",
                condition=Q(before=None) | (~Q(measure="") & ~Q(unit="")),
                violation_error_message="填了改善前的数，请写明衡量什么、用什么单位。",
            ),
            models.CheckConstraint(
                name="topic_due_after_since",
                condition=Q(due_on=None) | Q(since=None) | Q(due_on__gte=F("since")),
                violation_error_message="计划完成不能早于开始。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def change(self) -> str:
        """Before and after in words; empty where either was not measured."""
        if self.before is None or self.after is None:
            return ""
        before, after = (f"{plain(one)} {self.unit}" for one in (self.before, self.after))
        return f"{self.measure}由 {before}变为 {after}"

    @property
    def state_tone(self) -> str:
        return {"running": "doing", "released": "done", "praised": "done"}.get(self.state, "plain")
