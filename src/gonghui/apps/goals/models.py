"""Tables of goals: what bodies and people aim at, the steps to it, and plans of growing."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Sort(models.TextChoices):
    """A picture of what one wants to become, or something that is reached (R-104, R-148)."""

    VISION = "vision", "愿景"
    GOAL = "goal", "目标"


class GoalState(models.TextChoices):
    """Where a goal stands."""

    STANDING = "standing", "进行中"
    REACHED = "reached", "已实现"
    GIVEN_UP = "given_up", "不再追求"


class Goal(OrgRecord):
    """A vision or goal shared by a body, or a person's own; it may serve another (R-104, R-149).

    Without a person it is the body's. A person's belongs to the body they were in when they set it.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="goals",
        verbose_name="本人",
    )  # fmt: skip
    sort = models.CharField("类别", max_length=10, choices=Sort.choices, default=Sort.GOAL)
    title = models.CharField("内容", max_length=100)
    words = models.TextField("说明", max_length=1000, blank=True)
    serves = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="served_by",
        verbose_name="落实哪个目标",
    )  # fmt: skip
    since = models.DateField("自", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)
    is_shown = models.BooleanField("展示在班组宣传栏", default=False)
    state = models.CharField(
        "状态", max_length=10, choices=GoalState.choices, default=GoalState.STANDING, editable=False
    )

    class Meta:
        verbose_name = "目标"
        verbose_name_plural = "愿景与目标"
        ordering = ["org_id", "-sort", "until", "pk"]
        indexes = [models.Index(fields=["person", "state"], name="goal_of_person")]
        constraints = [
            models.CheckConstraint(
                name="goal_until_after_since",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                violation_error_message="截止日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="goal_serves_another",
                condition=Q(serves=None) | ~Q(serves=F("id")),
                violation_error_message="一个目标不能落实它自己。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The source's own words: 共同愿景, 共同目标, 个人愿景, 个人目标."""
        return ("个人" if self.person_id else "共同") + self.get_sort_display()

    @property
    def state_tone(self) -> str:
        return {"reached": "done", "standing": "doing"}.get(self.state, "plain")


class Step(models.Model):
    """A small goal on the way to a greater one, with its day (R-105)."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps", verbose_name="目标")
    title = models.CharField("阶段小目标", max_length=100)
    due_on = models.DateField("计划完成", null=True, blank=True)
    done_on = models.DateField("实际完成", null=True, blank=True)

    class Meta:
        verbose_name = "阶段小目标"
        verbose_name_plural = "阶段小目标"
        ordering = ["goal_id", F("due_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.title


class PlanKind(models.TextChoices):
    """A plan of development, or of learning by the duties of one's post (R-106, R-107, R-109)."""

    DEVELOPMENT = "development", "个人发展规划"
    LEARNING = "learning", "学习成才计划"


class PlanState(models.TextChoices):
    """Where a plan stands in its year."""

    DRAFT = "draft", "拟定"
    RUNNING = "running", "执行中"
    HALFWAY = "halfway", "半年已看"
    CLOSED = "closed", "年终已看"


class Result(models.TextChoices):
    """How a plan was found to stand at the end of its year."""

    REACHED = "reached", "实现"
    PARTLY = "partly", "部分实现"
    MISSED = "missed", "没有实现"


class GrowthPlan(OrgRecord):
    """What a person wants to become in a year, with whose help (R-106, R-107, R-109).

    The two looks are written by the steps of its life and by nobody else.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="growth_plans", verbose_name="本人"
    )
    kind = models.CharField("类别", max_length=12, choices=PlanKind.choices)
    year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    duty = models.TextField("岗位职责", max_length=500, blank=True)
    direction = models.CharField("努力方向", max_length=200)
    contents = models.TextField("学习内容和目标", max_length=2000, blank=True)
    coach = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="coached_plans",
        verbose_name="辅导人",
    )  # fmt: skip
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="growth_plans",
        verbose_name="落实哪个目标",
    )  # fmt: skip
    agreed_on = models.DateField("商定日期", null=True, editable=False)
    half_words = models.TextField("半年小结", max_length=1000, blank=True, editable=False)
    half_on = models.DateField("半年看的日期", null=True, editable=False)
    year_words = models.TextField("年终小结", max_length=1000, blank=True, editable=False)
    year_on = models.DateField("年终看的日期", null=True, editable=False)
    result = models.CharField(
        "年终结果", max_length=10, choices=Result.choices, blank=True, editable=False
    )
    state = models.CharField(
        "状态", max_length=10, choices=PlanState.choices, default=PlanState.DRAFT, editable=False
    )

    class Meta:
        verbose_name = "成长计划"
        verbose_name_plural = "成长计划"
        ordering = ["-year", "org_id", "person_id", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "year"],
                name="growth_plan_once_a_year",
                violation_error_message="这一年的这类计划已经有了，请改原来那一份。",
            ),
            models.CheckConstraint(
                name="growth_plan_coach_is_another",
                condition=Q(coach=None) | ~Q(coach=F("person")),
                violation_error_message="辅导人要请别人担任。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}{self.year}年{self.get_kind_display()}"

    @property
    def state_tone(self) -> str:
        return {"draft": "plain", "closed": "done"}.get(self.state, "doing")


class Promise(models.Model):
    """A condition the team promised for a plan, and whether it was kept (R-107)."""

    class Outcome(models.TextChoices):
        KEPT = "kept", "已兑现"
        BROKEN = "broken", "没有兑现"

    plan = models.ForeignKey(
        GrowthPlan, models.CASCADE, related_name="promises", verbose_name="成长计划"
    )
    words = models.CharField("承诺的条件", max_length=200)
    keeper = models.CharField("由谁落实", max_length=60, blank=True)
    due_on = models.DateField("何时落实", null=True, blank=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, blank=True)
    told_on = models.DateField("结果日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "班组承诺"
        verbose_name_plural = "班组承诺"
        ordering = ["plan_id", F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="promise_outcome_has_day",
                condition=Q(outcome="", told_on=None) | (~Q(outcome="") & Q(told_on__isnull=False)),
                violation_error_message="结果和日期要一起填。",
            )
        ]

    def __str__(self) -> str:
        return self.words
