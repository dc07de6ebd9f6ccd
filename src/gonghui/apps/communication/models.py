"""The table of what was issued: which number, when, to whom, and who took it up."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.reports.models import Paper


class Kind(models.TextChoices):
    """What sort of paper it is (R-330, R-331, R-332, R-079)."""

    BRIEF = "brief", "简报"
    NEWS = "news", "信息"
    EXPERIENCE = "experience", "经验材料"
    LEAFLET = "leaflet", "宣传单"
    BANNER = "banner", "横幅"


PAPERS = (Kind.BRIEF, Kind.NEWS, Kind.EXPERIENCE)  # there to be read
COUNTED = (Kind.LEAFLET, Kind.BANNER)  # how many there were is the point


class State(models.TextChoices):
    """Whether it stands as issued."""

    ISSUED = "issued", "已印发"
    WITHDRAWN = "withdrawn", "已撤回"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def issued(self) -> PublicationQuerySet:
        """Those that count: not withdrawn."""
        return self.filter(state=State.ISSUED)


DONE = {Kind.LEAFLET: "已发放", Kind.BANNER: "已悬挂"}
TONES = {State.ISSUED: "done", State.WITHDRAWN: "late"}


class Publication(OrgRecord):
    """A brief, a news item or other publicity as a union issued it; ``org`` is that union.

    ``paper`` is the draft it was written from, whose figures open by its code. The file that was
    sent is kept with it.
    """

    org = models.ForeignKey(
        Org, models.PROTECT, related_name="publications", verbose_name="印发单位"
    )
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    title = models.CharField("标题", max_length=200)
    year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(1949), MaxValueValidator(2999)]
    )
    number = models.PositiveSmallIntegerField(
        "期号", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    copies = models.PositiveIntegerField(
        "数量", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    issued_on = models.DateField("印发日期")
    sent_to = models.CharField("报送、发送", max_length=300, blank=True)
    adopted_by = models.CharField("采用单位", max_length=200, blank=True)
    adopted_on = models.DateField("采用日期", null=True, blank=True)
    paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="publications",
        verbose_name="草稿",
    )
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.ISSUED, editable=False
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "简报信息"
        verbose_name_plural = "简报信息"
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["org", "-issued_on"], name="publication_of_org")]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "kind", "year", "number"],
                condition=Q(state=State.ISSUED),
                name="publication_number_once",
                violation_error_message="这一期已经登记过。",
            ),
            models.UniqueConstraint(
                fields=["paper"],
                condition=Q(state=State.ISSUED),
                name="publication_of_paper_once",
                violation_error_message="这份草稿已经登记为印发。",
            ),
            models.CheckConstraint(
                name="publication_brief_has_number",
                condition=~Q(kind=Kind.BRIEF) | Q(number__gte=1),
                violation_error_message="简报要写期号。",
            ),
            models.CheckConstraint(
                name="publication_counted_in_copies",
                condition=Q(kind__in=COUNTED, copies__isnull=False, copies__gte=1)
                | (~Q(kind__in=COUNTED) & Q(copies=None)),
                violation_error_message="宣传单要写份数，横幅要写条数；其他的不填数量。",
            ),
            models.CheckConstraint(
                name="publication_adopted_by_somebody",
                condition=Q(adopted_on=None) | ~Q(adopted_by=""),
                violation_error_message="写了采用日期的，请写明被哪里采用。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.numbered}）" if self.number else self.title

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # in place of Django's own
        """A banner is hung and leaflets are given out; nobody issues them."""
        if self.state == State.ISSUED:
            return DONE.get(Kind(self.kind), State.ISSUED.label)
        return State(self.state).label

    @property
    def state_tone(self) -> str:
        return TONES[State(self.state)]

    @property
    def numbered(self) -> str:
        """Which number of the year, as it is printed; empty where it bears none."""
        return f"{self.year}年第{self.number}期" if self.number else ""

    def clean(self) -> None:
        today = timezone.localdate()
        if self.issued_on and self.issued_on > today:
            raise ValidationError({"issued_on": "还没有印发的不用登记，印发日期不能晚于今天。"})
        if self.adopted_on and self.issued_on and self.adopted_on < self.issued_on:
            raise ValidationError({"adopted_on": "采用日期不能早于印发日期。"})
