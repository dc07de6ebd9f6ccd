"""One piece of a person's archive: a book, a reflection, a certificate; its draft and its proof."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from ..engine.merging import Copy
from ..engine.sorts import CHOICES, SORTS, Sort

LONGEST = 20_000  # characters of one text


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    WRITTEN = "written", "已记入"
    HANDED_IN = "handed_in", "待确认"
    CONFIRMED = "confirmed", "已确认"
    RETURNED = "returned", "已退回"
    DISCARDED = "discarded", "已删除"


COUNTING = (State.WRITTEN, State.CONFIRMED)
CHANGING = (State.DRAFT, State.RETURNED)
CHECKED = (State.HANDED_IN, State.CONFIRMED, State.RETURNED)


TONES = {
    State.WRITTEN: "done",
    State.HANDED_IN: "wait",
    State.CONFIRMED: "done",
    State.RETURNED: "late",
}


class Shown(models.TextChoices):
    """Who may see a piece; its person chooses."""

    ME = "me", "只有我"
    OFFICERS = "officers", "工会干部"
    TEAM = "team", "本班组的人"
    UNION = "union", "全会的人"


class PieceQuerySet(models.QuerySet["Piece"]):
    def counting(self) -> PieceQuerySet:
        return self.filter(state__in=COUNTING)

    def shared(self) -> PieceQuerySet:
        """What its person shows to others than officers, for as long as they do."""
        return self.counting().filter(shown_to__in=(Shown.TEAM, Shown.UNION))


class Piece(OrgRecord):
    """One thing a person learned or achieved, as they put it into their archive (R-108).

    ``org`` is the union the person belonged to when it was begun, where it counts for good; who
    may see it follows the person, who may have moved. The words of a draft are written by
    ``version``, ``pen`` and ``stroke`` (see ``engine/merging.py``); ``aside`` holds words that came
    late from another device and could overwrite nothing.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="pieces", verbose_name="本人", editable=False
    )
    kind = models.CharField("类别", max_length=20, choices=CHOICES, editable=False)
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    title = models.CharField("题目", max_length=120, blank=True)
    author = models.CharField("作者或单位", max_length=80, blank=True)
    isbn = models.CharField("书号", max_length=20, blank=True)
    grade = models.CharField("级别", max_length=60, blank=True)
    outside = models.BooleanField("在外单位参加", default=False)
    since = models.DateField("开始日期", null=True, blank=True)
    on = models.DateField("日期", null=True, blank=True)
    amount = models.DecimalField(
        "数量",
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1"), "数量要大于零。")],
    )
    text = models.TextField("正文", max_length=LONGEST, blank=True)
    shown_to = models.CharField(
        "给谁看", max_length=10, choices=Shown.choices, default=Shown.OFFICERS
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    pen = models.CharField(max_length=32, blank=True, editable=False)
    stroke = models.PositiveIntegerField(default=0, editable=False)
    aside = models.TextField("另存的内容", blank=True, editable=False)
    kept_at = models.DateTimeField("保存时间", default=timezone.now, editable=False)
    handed_in_on = models.DateField("提交日期", null=True, editable=False)
    confirmed_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="确认人",
        editable=False,
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, editable=False)
    reason = models.CharField("退回原因", max_length=300, blank=True, editable=False)

    objects = PieceQuerySet.as_manager()

    class Meta:
        verbose_name = "学习积累"
        verbose_name_plural = "学习积累"
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["person", "-on"], name="piece_of_person"),
            models.Index(fields=["org", "shown_to", "-on"], name="piece_shown"),
            models.Index(fields=["kind", "title"], name="piece_by_title"),
            models.Index(
                fields=["org", "handed_in_on"],
                name="piece_waiting",
                condition=Q(state="handed_in"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="piece_on_after_since",
                condition=Q(since=None) | Q(on__gte=F("since")),
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="piece_amount_is_something",
                condition=Q(amount=None) | Q(amount__gt=0),
                violation_error_message="数量要大于零。",
            ),
            models.CheckConstraint(
                name="piece_counts_with_a_title",
                condition=~Q(state__in=("written", "handed_in", "confirmed")) | ~Q(title=""),
                violation_error_message="请先写上题目。",
            ),
            models.CheckConstraint(
                name="piece_counts_with_a_day",
                condition=~Q(state__in=("written", "handed_in", "confirmed")) | ~Q(on=None),
                violation_error_message="请先填日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.sort.label}（没有题目）"

    @property
    def sort(self) -> Sort:
        return SORTS[self.kind]

    @property
    def day(self) -> date:
        """The day of what counts or is to be confirmed; only a draft may be without."""
        if self.on is None:
            raise DomainError("请先填日期。")
        return self.on

    @property
    def copy(self) -> Copy:
        """Its words as they stand, and where they came from."""
        return Copy(self.title, self.text, self.version, self.pen, self.stroke)

    @property
    def state_tone(self) -> str:
        return TONES.get(State(self.state), "plain")

    @property
    def is_changing(self) -> bool:
        return self.state in CHANGING

    @property
    def is_counting(self) -> bool:
        return self.state in COUNTING

    @property
    def is_shared(self) -> bool:
        return self.is_counting and self.shown_to in (Shown.TEAM, Shown.UNION)
