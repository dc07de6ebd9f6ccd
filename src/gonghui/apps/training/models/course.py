"""A class of a programme, who is in it, and what became of learners from outside the union."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person
from gonghui.core.signing.models import Registration
from gonghui.kit.sealed_fields import SealedField

from .programme import Programme, Provider
from .quiz import Quiz


def mask_contact(text: str) -> str:
    """The first three and the last four, as of a mobile."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 8 else "****"


class CourseState(models.TextChoices):
    """How far a class is."""

    RUNNING = "running", "办班中"
    SETTLED = "settled", "已出结果"
    CANCELLED = "cancelled", "停办"


class Course(OrgRecord):
    """One class of a programme (期): its activity keeps dates and attendance (R-188, R-189).

    ``hours`` are class hours (学时) as the certificate says them, not the clock's.
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="courses", verbose_name="培训项目"
    )
    number = models.PositiveSmallIntegerField("期次", validators=[MinValueValidator(1)])
    activity = models.OneToOneField(
        Activity, models.PROTECT, editable=False, related_name="course", verbose_name="活动"
    )
    provider = models.ForeignKey(
        Provider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name="由谁承办",
    )
    hours = models.DecimalField(
        "学时", max_digits=6, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    is_to_door = models.BooleanField("送学上门", default=False)
    kits = models.PositiveIntegerField("免费发放学习用品（份）", null=True, blank=True)
    attendance = models.PositiveSmallIntegerField(
        "结业要求出勤（%）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    quiz = models.ForeignKey(
        Quiz,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ends_courses",
        verbose_name="结业测验",
    )
    state = models.CharField(
        "状态",
        max_length=20,
        choices=CourseState.choices,
        default=CourseState.RUNNING,
        editable=False,
    )

    class Meta:
        verbose_name = "培训班"
        verbose_name_plural = "培训班"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="course_numbered_once",
                violation_error_message="这一期已经有了，请换期次。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme}（第 {self.number} 期）"

    @property
    def state_tone(self) -> str:
        """The colour of its badge."""
        return {"running": "doing", "settled": "done"}.get(self.state, "plain")


class Sort(models.TextChoices):
    """Who a learner from outside is (R-187, R-190)."""

    LAID_OFF = "laid_off", "下岗职工"
    UNEMPLOYED = "unemployed", "失业人员"
    HARDSHIP = "hardship", "困难职工及家属"
    OTHER = "other", "其他"


class Outsider(OrgRecord):
    """A learner who is on no roster: a name, what sort, and how to ask later how things went.

    ``contact`` is sealed and kept only where the person agreed on a day.
    """

    name = models.CharField("姓名", max_length=50)
    sort = models.CharField("属于", max_length=20, choices=Sort.choices)
    contact = SealedField(
        "联系电话",
        mask=mask_contact,
        validators=[RegexValidator(r"^[0-9+\- ]{5,20}$", "请填电话号码，只用数字。")],
    )
    agreed_on = models.DateField("同意留电话的日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "会外学员"
        verbose_name_plural = "会外学员"
        ordering = ["org_id", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="outsider_agreed_to_contact",
                condition=Q(contact__isnull=True) | Q(agreed_on__isnull=False),
                violation_error_message="留电话要本人同意，请填同意的日期；没有同意就不留。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Result(models.TextChoices):
    """What came of somebody's class."""

    PENDING = "pending", "在学"
    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"
    LEFT = "left", "中途退学"


class Learner(models.Model):
    """Somebody's place in a class, and what came of it; one is a person-time (人次).

    A member or an outsider. It follows the class's activity by its registration there.
    """

    course = models.ForeignKey(
        Course, models.CASCADE, related_name="learners", verbose_name="培训班"
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="learnings",
        verbose_name="职工",
    )
    outsider = models.ForeignKey(
        Outsider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="learnings",
        verbose_name="会外学员",
    )
    registration = models.OneToOneField(
        Registration,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="learner",
        verbose_name="报名",
    )
    joined_on = models.DateField("入学日期")
    result = models.CharField(
        "结果", max_length=10, choices=Result.choices, default=Result.PENDING, editable=False
    )
    result_on = models.DateField("结果日期", null=True, editable=False)
    grade = models.CharField("成绩或等级", max_length=30, blank=True)
    certificate = models.CharField("证书编号", max_length=40, blank=True)

    class Meta:
        verbose_name = "学员"
        verbose_name_plural = "学员"
        ordering = ["course_id", "pk"]
        indexes = [models.Index(fields=["person", "result"], name="learner_of_person")]
        constraints = [
            models.CheckConstraint(
                name="learner_is_one_of_two",
                condition=Q(person__isnull=False, outsider=None)
                | Q(person=None, outsider__isnull=False),
                violation_error_message="学员要么是职工，要么是会外学员。",
            ),
            models.UniqueConstraint(
                fields=["course", "person"],
                condition=Q(person__isnull=False),
                name="learner_person_once",
                violation_error_message="已经是这一期的学员。",
            ),
            models.UniqueConstraint(
                fields=["course", "outsider"],
                condition=Q(outsider__isnull=False),
                name="learner_outsider_once",
                violation_error_message="已经是这一期的学员。",
            ),
            models.CheckConstraint(
                name="learner_result_dated",
                condition=Q(result="pending", result_on=None)
                | (~Q(result="pending") & Q(result_on__isnull=False)),
                violation_error_message="有结果就要有日期。",
            ),
            models.CheckConstraint(
                name="learner_result_after_joining",
                condition=Q(result_on=None) | Q(result_on__gte=F("joined_on")),
                violation_error_message="结果日期不能早于入学日期。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.outsider)


class OutcomeKind(models.TextChoices):
    """What a learner is asked about later (R-190)."""

    EMPLOYED = "employed", "再就业"
    LIFTED = "lifted", "脱贫"
    PROSPEROUS = "prosperous", "致富"


class Outcome(models.Model):
    """What a learner said on a day when asked how things went; a yes has its proof (R-190).

    Rates are counted over those who were asked, never over those who were not.
    """

    learner = models.ForeignKey(
        Learner, models.CASCADE, related_name="outcomes", verbose_name="学员"
    )
    kind = models.CharField("回访内容", max_length=20, choices=OutcomeKind.choices)
    asked_on = models.DateField("回访日期")
    is_reached = models.BooleanField("实现了")
    evidence = models.CharField("依据", max_length=200, blank=True)
    asked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="回访人"
    )

    class Meta:
        verbose_name = "回访"
        verbose_name_plural = "回访"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "kind", "asked_on"],
                name="outcome_once_a_day",
                violation_error_message="这一天已经登记过这项回访。",
            ),
            models.CheckConstraint(
                name="outcome_yes_is_proved",
                condition=Q(is_reached=False) | ~Q(evidence=""),
                violation_error_message="实现了的请写依据，如在哪里上岗、哪份证明。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.get_kind_display()} {self.asked_on:%Y-%m-%d}"
