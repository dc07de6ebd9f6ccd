"""Tables of a round: whom a scheme judges, by when, and each one's sheet, line by line."""

from __future__ import annotations

import secrets
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.people.models import Person

from .scheme import Criterion, Filler, Method, Scheme


class RoundState(models.TextChoices):
    """How far a round is."""

    DRAFT = "draft", "拟定中"
    APPLYING = "applying", "申报自查"
    RATING = "rating", "互评"
    VISITING = "visiting", "现场考评"
    RANKING = "ranking", "评定"
    NOTICE = "notice", "公示"
    AWARDED = "awarded", "已命名"
    STOPPED = "stopped", "已停止"


RUNNING = (
    RoundState.APPLYING, RoundState.RATING, RoundState.VISITING, RoundState.RANKING,
    RoundState.NOTICE,
)  # fmt: skip
SHOWN = (RoundState.NOTICE, RoundState.AWARDED)  # anybody below may read who gets what


def new_seed() -> str:
    """What a draw begins from: made by chance once and kept, so that it can be drawn again."""
    return secrets.token_hex(8)


ROUND_TONES = {
    RoundState.DRAFT: "wait",
    RoundState.AWARDED: "done",
    RoundState.STOPPED: "plain",
}


class Round(OrgRecord):
    """One evaluation by an issued scheme: from applying to titles (R-225…R-227).

    ``since`` and ``until`` are the days the figures tell of; ``quotas`` are (grade, how many).
    """

    org = models.ForeignKey(
        Org, models.PROTECT, related_name="evaluation_rounds", verbose_name="组织评估的工会"
    )
    scheme = models.ForeignKey(
        Scheme, models.PROTECT, related_name="rounds", verbose_name="评估方案"
    )
    title = models.CharField("名称", max_length=100)
    since = models.DateField("考评期起")
    until = models.DateField("考评期止")
    apply_from = models.DateField("申报开始")
    apply_until = models.DateField("申报截止")
    raters_each = models.PositiveSmallIntegerField(
        "每个对象由几人互评", default=3, validators=[MinValueValidator(1), MaxValueValidator(15)]
    )
    quotas = models.JSONField("名额", default=list, blank=True)
    term_years = models.PositiveSmallIntegerField(
        "称号有效年数", validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    note = models.TextField("说明", max_length=1000, blank=True)
    seed = models.CharField("抽签种子", max_length=32, default=new_seed, editable=False)
    notice_from = models.DateField("公示开始", null=True, editable=False)
    notice_until = models.DateField("公示截止", null=True, editable=False)
    notice_number = models.PositiveSmallIntegerField("第几次公示", default=0, editable=False)
    notice_basis = models.CharField("公示依据", max_length=300, blank=True, editable=False)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=RoundState.choices,
        default=RoundState.DRAFT,
        editable=False,
    )

    class Meta:
        verbose_name = "评估轮次"
        verbose_name_plural = "评估轮次"
        ordering = ["-apply_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="round_days_in_order",
                condition=Q(until__gte=F("since")) & Q(apply_until__gte=F("apply_from")),
                violation_error_message="截止日期不能早于开始日期。",
            ),
            models.UniqueConstraint(
                fields=["org", "title"],
                name="round_title_once",
                violation_error_message="本会已经有同名的评估。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_tone(self) -> str:
        return ROUND_TONES.get(RoundState(self.state), "doing")

    def takes_applications(self, day: date) -> bool:
        return self.state == RoundState.APPLYING and self.apply_from <= day <= self.apply_until

    @property
    def quota_of(self) -> dict[str, int]:
        """Grade → how many at most; a grade that is not named has no limit."""
        return {str(title): int(most) for title, most in self.quotas}


class ContenderState(models.TextChoices):
    """How far a sheet is."""

    FILLING = "filling", "自查中"
    HANDED = "handed", "已报送"
    WITHDRAWN = "withdrawn", "已退出"


CONTENDER_TONES = {
    ContenderState.FILLING: "wait",
    ContenderState.HANDED: "done",
    ContenderState.WITHDRAWN: "plain",
}


class Contender(OrgRecord):
    """A unit, team or person that is judged in a round, with what came of it.

    ``org`` is the unit or team, or where the person belonged when they were put forward.
    """

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="contenders", verbose_name="评估轮次"
    )
    org = models.ForeignKey(
        Org, models.PROTECT, related_name="contenders", verbose_name="单位或班组"
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contenders",
        verbose_name="本人",
    )
    reason = models.CharField("申报（推荐）理由", max_length=500, blank=True)
    filled_at = models.DateTimeField("取数时间", null=True, editable=False)
    marks = models.DecimalField("得分", max_digits=8, decimal_places=2, null=True, editable=False)
    place = models.PositiveIntegerField("名次", null=True, editable=False)
    grade = models.CharField("等次", max_length=40, blank=True, editable=False)
    chosen = models.CharField("并列时评定为", max_length=40, blank=True, editable=False)
    chosen_why = models.CharField("并列评定理由", max_length=300, blank=True, editable=False)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=ContenderState.choices,
        default=ContenderState.FILLING,
        editable=False,
    )

    class Meta:
        verbose_name = "参评对象"
        verbose_name_plural = "参评对象"
        ordering = ["round_id", "org_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "org"],
                condition=Q(person=None),
                name="contender_org_once",
                violation_error_message="已经申报过了。",
            ),
            models.UniqueConstraint(
                fields=["round", "person"],
                condition=~Q(person=None),
                name="contender_person_once",
                violation_error_message="已经申报过了。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.org}）" if self.person else str(self.org)

    @property
    def state_tone(self) -> str:
        return CONTENDER_TONES[ContenderState(self.state)]


class SheetLine(models.Model):
    """One item of a contender's sheet: what the records, the unit and the visitor say of it.

    ``figure`` is what the records held when it was filled: value, numerator and denominator as
    text. ``own`` and ``found`` are a number as text, a word, a list of words, or yes or no; what
    the visitor found goes before what the unit said. Where the records end the unit says it; where
    people judge, what the records hold stands beside it.
    """

    contender = models.ForeignKey(Contender, models.CASCADE, related_name="lines")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="lines")
    figure = models.JSONField("系统记录", null=True)
    own = models.JSONField("自查结果", null=True)
    words = models.CharField("自查说明", max_length=1000, blank=True)
    found = models.JSONField("现场结果", null=True)
    remark = models.CharField("现场说明", max_length=1000, blank=True)

    class Meta:
        verbose_name = "评估表的一项"
        verbose_name_plural = "评估表"
        ordering = ["contender_id", "criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contender", "criterion"], name="sheet_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.contender} {self.criterion}"

    @property
    def is_counted(self) -> bool:
        """The records say it, and nobody types over them."""
        return self.criterion.filler == Filler.RECORDS and bool(self.figure)

    @property
    def is_asked(self) -> bool:
        """The unit says it: it is asked to, or the records hold nothing of that sort."""
        one = self.criterion
        ends = one.filler == Filler.RECORDS and not self.figure
        return one.method != Method.VETO and (one.filler == Filler.SELF or ends)

    @property
    def is_looked_at(self) -> bool:
        """Whoever visits says it, or corrects what the unit said."""
        one = self.criterion
        return one.method == Method.VETO or one.filler == Filler.UPPER or self.is_asked

    @property
    def seen_with(self) -> Contender:
        """Whoever may see the sheet may see the evidence of its items."""
        return self.contender
