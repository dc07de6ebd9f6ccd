"""What cadres are rated by, and the dated ratings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Profile(models.TextChoices):
    """Whose abilities a rating is about; the lists are those of the founding documents."""

    COUNTY = "county", "县级工会干部"
    ENTERPRISE = "enterprise", "企业工会干部"


class Ability(models.TextChoices):
    """The abilities of R-040 (county) and R-041 (enterprise)."""

    NEGOTIATION = "negotiation", "协商谈判能力"
    MEDIATION = "mediation", "纠纷调解能力"
    GUIDING = "guiding", "思想疏导能力"
    INCIDENTS = "incidents", "应对及处置群体性突发事件的能力"
    THEORY = "theory", "理论思维能力"
    JUDGEMENT = "judgement", "科学判断形势和解决新问题的能力"
    LAW = "law", "依法治会和依法维护的能力"
    SERVICE = "service", "及时反映职工意见和为职工办实事的能力"


ABILITIES: dict[str, tuple[Ability, ...]] = {
    Profile.COUNTY: (
        Ability.NEGOTIATION,
        Ability.MEDIATION,
        Ability.GUIDING,
        Ability.INCIDENTS,
    ),
    Profile.ENTERPRISE: (Ability.THEORY, Ability.JUDGEMENT, Ability.LAW, Ability.SERVICE),
}
HIGHEST = 5


class Rating(OrgRecord):
    """A rating of a cadre's abilities on a day; the points are by ``Score``."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="ratings", verbose_name="干部")
    profile = models.CharField("能力模板", max_length=12, choices=Profile.choices)
    on = models.DateField("评定日期")
    by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="given_ratings",
        verbose_name="评定人",
    )
    note = models.TextField("评语", max_length=1000, blank=True)

    class Meta:
        verbose_name = "能力评定"
        verbose_name_plural = "能力评定"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "profile", "on"],
                name="rating_once_a_day",
                violation_error_message="这一天的评定已经填过，请改原来那一条。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.on:%Y-%m-%d}"


class Score(models.Model):
    """One ability of a rating, from 1 to 5."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="scores")
    ability = models.CharField("能力", max_length=12, choices=Ability.choices)
    points = models.PositiveSmallIntegerField("分值")

    class Meta:
        verbose_name = "能力分值"
        verbose_name_plural = "能力分值"
        ordering = ["rating_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "ability"], name="score_once_an_ability"),
            models.CheckConstraint(
                name="score_one_to_five",
                condition=Q(points__gte=1, points__lte=HIGHEST),
                violation_error_message="分值为 1 至 5。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ability_display()} {self.points}"
