"""The table of titles: of whom, from when to when, and by which evaluation."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.people.models import Person
from gonghui.core.records.engine.proofs import new_code


class State(models.TextChoices):
    """What became of a title; that its term is over is seen by its days."""

    STANDING = "standing", "有效"
    RENEWED = "renewed", "已复评"
    DOWNGRADED = "downgraded", "已降级"
    WITHDRAWN = "withdrawn", "已撤销"


class TitleQuerySet(models.QuerySet["Title"]):
    def standing(self) -> TitleQuerySet:
        """Neither lowered nor withdrawn, whenever they hold."""
        return self.filter(state__in=(State.STANDING, State.RENEWED))

    def held(self, day: date) -> TitleQuerySet:
        """Those that hold on a day; a renewed one holds to its end, its next from then on."""
        return self.standing().filter(since__lte=day, until__gte=day)


class Title(OrgRecord):
    """A unit, team or person is honoured for a term; ``org`` is the union that gave it.

    ``name`` is whom the paper names, as they were called that day. ``sheet`` is the number of the
    evaluation's contender that it rests on; none where it was renewed or lowered later.
    """

    org = models.ForeignKey(
        Org, models.PROTECT, related_name="given_titles", verbose_name="授予的工会"
    )
    holder = models.ForeignKey(
        Org, models.PROTECT, related_name="titles", verbose_name="单位或班组"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="titles", verbose_name="本人"
    )
    name = models.CharField("获得者", max_length=160)
    title = models.CharField("称号", max_length=40)
    evaluation = models.CharField("依据的评估", max_length=100)
    since = models.DateField("授予日期")
    until = models.DateField("有效期至")
    code = models.CharField("证书编号", max_length=16, unique=True, default=new_code)
    sheet = models.PositiveBigIntegerField("评估表编号", null=True)
    before = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="after", verbose_name="上一期称号"
    )
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.STANDING, editable=False
    )

    objects = TitleQuerySet.as_manager()

    class Meta:
        verbose_name = "称号"
        verbose_name_plural = "称号"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="title_until_after_since",
                condition=Q(until__gte=F("since")),
                violation_error_message="有效期不能早于授予日期。",
            ),
            models.UniqueConstraint(
                fields=["sheet"],
                name="title_of_sheet_once",
                violation_error_message="这份评估表已经授予过称号。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}"

    def is_over(self, day: date) -> bool:
        return self.until < day

    @property
    def proves(self) -> bool:
        """Whether the paper still says something true: lowered or withdrawn it does not."""
        return self.state in (State.STANDING, State.RENEWED)
