"""The items of a plan: sections, goals, measures and the tasks that are worked from."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.people.models import Person
from gonghui.kit.amounts import plain

from ..engine.numerals import apart
from ..engine.pace import is_kept
from .plan import OPEN_STATES, Plan


class Kind(models.TextChoices):
    SECTION = "section", "章节"
    GOAL = "goal", "目标"
    MEASURE = "measure", "措施"
    TASK = "task", "任务"
    NOTE = "note", "说明"


# Of a person's or a plan's few lines one says what is no task: "is a task and due" has an index of
# its own, by which SQLite would rather walk a whole city's.
NO_TASKS = tuple(kind for kind in Kind if kind != Kind.TASK)


class Area(models.TextChoices):
    """Areas of work: the officer's own words of the left-hand menu."""

    LEARNING = "learning", "学习创争"
    ACTIVITIES = "activities", "活动"
    COMPETITIONS = "competitions", "竞赛"
    PROPOSALS = "proposals", "建议创新"
    HONOURS = "honours", "评优"
    CARE = "care", "关爱帮扶"
    DEMOCRACY = "democracy", "民主管理"
    FINANCE = "finance", "经费"
    COMMUNICATION = "communication", "宣传"
    STATISTICS = "statistics", "统计"
    MEMBERSHIP = "membership", "组织会员"


class ItemState(models.TextChoices):
    NOT_STARTED = "not_started", "未开始"
    DOING = "doing", "进行中"
    DONE = "done", "已完成"
    PUT_OFF = "put_off", "已推迟"
    DROPPED = "dropped", "不再办"


UNFINISHED = (ItemState.NOT_STARTED, ItemState.DOING, ItemState.PUT_OFF)


class ItemQuerySet(models.QuerySet["Item"]):
    def tasks(self) -> ItemQuerySet:
        return self.filter(kind=Kind.TASK)

    def running(self) -> ItemQuerySet:
        """Tasks of plans that are worked from."""
        return self.tasks().filter(plan__state__in=OPEN_STATES)

    def unfinished(self) -> ItemQuerySet:
        return self.filter(state__in=UNFINISHED)

    def overdue(self, today: date) -> ItemQuerySet:
        return self.unfinished().filter(due_on__lt=today)

    def undated(self) -> ItemQuerySet:
        return self.filter(due_on=None)


class Item(OrgRecord):
    """One line of a plan's tree; a task has an owner, dates, a state and its proof.

    ``starts_on`` and ``due_on`` are what is open now: a task with a cadence carries the dates of
    its next open occurrence. Both are empty when the plan names no date.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items", verbose_name="计划")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField("次序")
    depth = models.PositiveSmallIntegerField("层次", default=0)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices, default=Kind.TASK)
    marker = models.CharField("编号", max_length=40, blank=True)
    text = models.TextField("内容")
    months = models.JSONField("月份", default=list, blank=True)
    due = models.CharField("期限", max_length=30, blank=True)
    every = models.JSONField("周期", default=list, blank=True)
    since_year = models.PositiveSmallIntegerField("周期起算年", null=True, blank=True)
    when = models.JSONField("时间用语", default=list, blank=True)
    starts_on = models.DateField("开始", null=True, blank=True)
    due_on = models.DateField("到期", null=True, blank=True)
    area = models.CharField("工作方面", max_length=20, choices=Area.choices, blank=True)
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_items",
        verbose_name="责任人",
    )
    owner_org = models.ForeignKey(
        Org,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_items",
        verbose_name="责任组织",
    )
    owner_words = models.CharField("计划所写责任", max_length=100, blank=True)
    helpers = models.ManyToManyField(
        Person, blank=True, related_name="helped_items", verbose_name="协助人"
    )
    helper_orgs = models.ManyToManyField(
        Org, blank=True, related_name="helped_items", verbose_name="协助组织"
    )
    has_blank = models.BooleanField("有待填", default=False)
    state = models.CharField(
        "状态",
        max_length=12,
        choices=ItemState.choices,
        default=ItemState.NOT_STARTED,
        editable=False,
    )
    reason = models.CharField("原因", max_length=300, blank=True, editable=False)
    finished_on = models.DateField("完成日期", null=True, blank=True, editable=False)
    continues = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name="接续",
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        ordering = ["plan_id", "position"]
        indexes = [
            models.Index(fields=["plan", "position"], name="item_of_plan"),
            models.Index(fields=["org", "kind", "due_on", "id"], name="item_of_org_due"),
            models.Index(fields=["owner", "due_on", "id"], name="item_of_owner_due"),
            models.Index(fields=["owner_org", "due_on", "id"], name="item_of_owner_org_due"),
            # Lists of a whole city walk it, and count it without a look at the rows.
            models.Index(fields=["kind", "due_on", "id", "plan"], name="item_due"),
            models.Index(
                fields=["due_on", "id"],
                name="item_open_due",
                condition=Q(kind="task", state__in=("not_started", "doing", "put_off")),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="item_not_own_parent", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
            models.CheckConstraint(
                name="item_due_after_start",
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                violation_error_message="到期日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.line[:80]

    @property
    def line(self) -> str:
        """Number and words; a bare number, as tables have it, stands apart: 1 慰问."""
        return f"{apart(self.marker)}{self.text}"

    @property
    def is_task(self) -> bool:
        return self.kind == Kind.TASK

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    def is_late(self, today: date) -> bool:
        return self.is_unfinished and self.due_on is not None and self.due_on < today


class Target(models.Model):
    """A figure an item promises, as it was written; the actual is empty until somebody knows it.

    Bound to an indicator, it is counted from the records: the page counts it anew, and lists show
    what was counted last (``actual``, ``actual_on``). Otherwise the last reading of it stands here.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="targets")
    op = models.CharField("比较", max_length=2, default="=")
    value = models.DecimalField("目标", max_digits=18, decimal_places=4)
    unit = models.CharField("单位", max_length=20, blank=True)
    actual = models.DecimalField("实际", max_digits=18, decimal_places=4, null=True, blank=True)
    actual_on = models.DateField("截至", null=True, blank=True)
    indicator = models.CharField("由系统计算", max_length=60, blank=True)

    class Meta:
        verbose_name = "指标"
        verbose_name_plural = "指标"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.op}{plain(self.value)}{self.unit}"

    @property
    def is_met(self) -> bool | None:
        """Whether the actual keeps the comparison (民法典 第1259条); None while it is unknown."""
        if self.actual is None:
            return None
        return is_kept(self.op, self.value, self.actual)


class Occurrence(models.Model):
    """One turn of a task with a cadence: this week's, this month's, this term's."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="occurrences")
    starts_on = models.DateField("开始")
    due_on = models.DateField("到期")
    serial = models.PositiveSmallIntegerField("序号", default=1)
    done_on = models.DateField("完成日期", null=True, blank=True)

    class Meta:
        verbose_name = "周期任务"
        verbose_name_plural = "周期任务"
        ordering = ["due_on", "serial", "pk"]
        indexes = [models.Index(fields=["item", "due_on"], name="occurrence_of_item")]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "starts_on", "due_on", "serial"], name="occurrence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%m-%d}—{self.due_on:%m-%d}"


class Progress(models.Model):
    """What was done for a task, on which day, with its proof attached."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="progress_notes")
    occurrence = models.ForeignKey(
        Occurrence, models.SET_NULL, null=True, blank=True, related_name="progress_notes"
    )
    # The record of an activity that carried the task out; who opens it again takes the note back.
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, related_name="progress_notes", verbose_name="活动"
    )
    on = models.DateField("日期")
    text = models.TextField("进展")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="progress_notes")
    at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        verbose_name = "进展"
        verbose_name_plural = "进展"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def seen_with(self) -> Item:
        """Whoever may see the task may see what was noted and attached."""
        return self.item
