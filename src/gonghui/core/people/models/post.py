"""A person's post in a body, from when to when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org

from .person import Person


class Way(models.TextChoices):
    """How a person came to a post (R-029, domain ELE-04)."""

    ELECTED = "elected", "选举"
    BY_ELECTION = "by_election", "补选"
    APPOINTED = "appointed", "委派"
    ACTING = "acting", "临时主持"


class Duty(models.TextChoices):
    """The two levels of responsibility in a leading group (R-050)."""

    FIRST = "first", "第一责任人"
    SPECIFIC = "specific", "具体责任人"


CHAIR = "主席"  # the title of a committee's chair, as it is written everywhere


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, day: date) -> PostQuerySet:
        """Posts held on a day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class Post(models.Model):
    """A person's post in a body, from when to when (R-013, R-014, R-460…R-466)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name="人员")
    org = models.ForeignKey(Org, models.PROTECT, related_name="posts", verbose_name="组织")
    title = models.CharField("职务", max_length=40)
    since = models.DateField("任职日期")
    until = models.DateField("离任日期", null=True, blank=True)
    full_time = models.BooleanField("专职", null=True, blank=True)
    way = models.CharField("产生方式", max_length=20, choices=Way.choices, blank=True)
    duty = models.CharField("责任", max_length=10, choices=Duty.choices, blank=True)
    contract_until = models.DateField("劳动合同期满", null=True, blank=True)  # ORG-12
    approved_on = models.DateField("批复日期", null=True, blank=True)
    approval = models.CharField("批复文号", max_length=60, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ["org_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="post_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="离任日期不能早于任职日期。",
            ),
            models.UniqueConstraint(
                fields=["person", "org", "title"],
                condition=Q(until=None),
                name="post_held_once",
                violation_error_message="此人已在任这个职务。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org} {self.title} {self.person}"
