"""What units need to be taught, who could teach it, and what was planned for a year."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person

YEARS = (MinValueValidator(1990), MaxValueValidator(2100))


class Kind(models.TextChoices):
    """The four kinds of the founding documents (R-173)."""

    ALL_ROUND = "all_round", "全方位培训"
    MULTI_SKILLED = "multi_skilled", "复合型人才培训"
    SPECIAL = "special", "专项培训"
    ADVANCED = "advanced", "高精尖人才培训"


class Form(models.TextChoices):
    """The four forms (R-175)."""

    CLASSES = "classes", "集中办学"
    APPRENTICE = "apprentice", "以师带徒"
    DRILL = "drill", "岗位练兵"
    CONTEST = "contest", "技术比武"


class Route(models.TextChoices):
    """By which way people are taught (R-184)."""

    OWN = "own", "本单位自办"
    EVENING = "evening", "夜大"
    WORKERS_COLLEGE = "workers_college", "职工大学"
    WORKERS_SCHOOL = "workers_school", "职工中专"
    UPPER = "upper", "上级工会培训"
    COMMISSIONED = "commissioned", "委托社会培训机构"
    OTHER = "other", "其他"


class Provider(OrgRecord):
    """Who teaches: a night college, a workers' school, an institution one commissions (R-184)."""

    name = models.CharField("名称", max_length=100)
    route = models.CharField("渠道", max_length=20, choices=Route.choices)
    subjects = models.CharField("能教什么", max_length=200, blank=True)
    address = models.CharField("地址", max_length=100, blank=True)
    contact = models.CharField("联系人", max_length=40, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    note = models.TextField("说明", max_length=1000, blank=True)
    is_current = models.BooleanField("还在合作", default=True)

    class Meta:
        verbose_name = "培训机构"
        verbose_name_plural = "培训机构"
        ordering = ["org_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "name"],
                name="provider_once",
                violation_error_message="这个机构已经登记过。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeState(models.TextChoices):
    """How far a programme is."""

    DRAFT = "draft", "拟订"
    PLANNED = "planned", "已列入计划"
    CLOSED = "closed", "已办结"


class Programme(OrgRecord):
    """One line of the year's training plan; it is carried out by classes (R-172, R-188).

    What was planned and left open stays empty: people and hours held are counted from classes.
    """

    year = models.PositiveSmallIntegerField("年度", validators=YEARS)
    title = models.CharField("培训项目", max_length=100)
    kind = models.CharField("类型", max_length=20, choices=Kind.choices)
    form = models.CharField("形式", max_length=20, choices=Form.choices, default=Form.CLASSES)
    goal = models.TextField("要达到什么", max_length=1000, blank=True)
    audience = models.CharField("培训谁", max_length=200, blank=True)
    category = models.CharField(
        "学时分类",
        max_length=20,
        blank=True,
        help_text="记入个人学时时的分类，和学习制度里写的一样；不分类就空着。",
    )
    provider = models.ForeignKey(
        Provider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name="由谁承办",
    )
    is_short = models.BooleanField("短、平、快专项班", default=False)
    is_rolling = models.BooleanField("循环滚动开班，随到随学", default=False)
    people = models.PositiveIntegerField("计划人数", null=True, blank=True)
    hours = models.DecimalField(
        "计划学时", max_digits=6, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    since = models.DateField("计划自", null=True, blank=True)
    until = models.DateField("计划至", null=True, blank=True)
    state = models.CharField(
        "状态",
        max_length=20,
        choices=ProgrammeState.choices,
        default=ProgrammeState.DRAFT,
        editable=False,
    )

    class Meta:
        verbose_name = "培训项目"
        verbose_name_plural = "培训项目"
        ordering = ["-year", "since", "pk"]
        indexes = [models.Index(fields=["org", "year"], name="programme_of_year")]
        constraints = [
            models.CheckConstraint(
                name="programme_until_after_since",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                violation_error_message="结束日期不能早于开始日期。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_tone(self) -> str:
        """The colour of its badge."""
        return {"planned": "doing", "closed": "done"}.get(self.state, "plain")


class DemandState(models.TextChoices):
    """What became of a need."""

    DRAFT = "draft", "拟提"
    SUBMITTED = "submitted", "已提出"
    MERGED = "merged", "已纳入项目"
    DECLINED = "declined", "未采纳"


class Demand(OrgRecord):
    """What a unit says its people need to learn, for the plan of a year (R-172)."""

    year = models.PositiveSmallIntegerField("年度", validators=YEARS)
    topic = models.CharField("想学什么", max_length=100)
    kind = models.CharField("类型", max_length=20, choices=Kind.choices)
    audience = models.CharField("谁要学", max_length=200, blank=True)
    people = models.PositiveIntegerField(
        "人数", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    month = models.PositiveSmallIntegerField(
        "希望月份", null=True, blank=True,
        choices=[(n, f"{n} 月") for n in range(1, 13)],
    )  # fmt: skip
    reason = models.TextField("为什么需要", max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="提出人"
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="demands",
        verbose_name="纳入的项目",
    )
    state = models.CharField(
        "状态",
        max_length=20,
        choices=DemandState.choices,
        default=DemandState.DRAFT,
        editable=False,
    )

    class Meta:
        verbose_name = "培训需求"
        verbose_name_plural = "培训需求"
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["org", "year"], name="demand_of_year")]
        constraints = [
            models.CheckConstraint(
                name="demand_merged_into_something",
                condition=~Q(state="merged") | Q(programme__isnull=False),
                violation_error_message="请写明纳入哪个培训项目。",
            )
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def state_tone(self) -> str:
        """The colour of its badge."""
        return {"submitted": "wait", "merged": "done"}.get(self.state, "plain")
