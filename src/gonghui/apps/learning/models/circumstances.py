"""What changes how much is asked of a person: leave, a part-time post, the day they were hired."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.people.models import Person


class LeaveKind(models.TextChoices):
    """Why a person is away."""

    SICK = "sick", "病假"
    MATERNITY = "maternity", "产假"
    CARE = "care", "育儿假、护理假"
    INJURY = "injury", "工伤假"
    PERSONAL = "personal", "事假"
    ANNUAL = "annual", "年休假"
    STUDY = "study", "脱产进修"
    SECONDED = "seconded", "借调、外派"
    OTHER = "other", "其他"


class Leave(models.Model):
    """A person's absence from a day to a day; it goes where the person goes."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="study_leaves", verbose_name="人员"
    )
    kind = models.CharField("假别", max_length=10, choices=LeaveKind.choices)
    since = models.DateField("自")
    until = models.DateField("至")
    evidence = models.CharField(
        "凭据", max_length=200, blank=True, help_text="例如：经谁批准、哪张假条。"
    )
    noted_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="登记人",
    )

    class Meta:
        verbose_name = "请假"
        verbose_name_plural = "请假登记"
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["until", "since"], name="study_leave_days")]
        constraints = [
            models.CheckConstraint(
                name="study_leave_until_after_since",
                condition=Q(until__gte=F("since")),
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "since"],
                name="study_leave_once",
                violation_error_message="这个人这一天起的这种假已经登记过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.since:%Y-%m-%d}"


class PartTime(models.Model):
    """That a person works a share of a full post, from a day on."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="study_part_times", verbose_name="人员"
    )
    share = models.PositiveSmallIntegerField(
        "工作量（%）", validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    evidence = models.CharField("凭据", max_length=200, blank=True)

    class Meta:
        verbose_name = "非全日制"
        verbose_name_plural = "非全日制登记"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="part_time_is_a_part",
                condition=Q(share__gte=1, share__lte=99),
                violation_error_message="工作量要在 1% 和 99% 之间。",
            ),
            models.CheckConstraint(
                name="part_time_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until=None),
                name="part_time_one_running",
                violation_error_message="这个人已有一条没有结束的登记，请先填它的结束日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.share}%"


class Hire(models.Model):
    """The day a person was hired, which tenure is counted from; unknown until it is entered."""

    person = models.OneToOneField(
        Person, models.PROTECT, related_name="study_hire", verbose_name="人员"
    )
    on = models.DateField("入职日期")
    evidence = models.CharField("凭据", max_length=200, blank=True)

    class Meta:
        verbose_name = "入职日期"
        verbose_name_plural = "入职日期"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.on:%Y-%m-%d} 入职"
