"""The table of honours: who was granted what, by whom, on what paper, and what was revoked."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Sort(models.TextChoices):
    """The honours a person may be granted (domain §8.1); 先进工作者 is 劳动模范 of an office."""

    MODEL_WORKER = "model_worker", "劳动模范"
    ADVANCED = "advanced", "先进工作者"
    MEDAL = "medal", "五一劳动奖章"
    OTHER = "other", "其他荣誉"


MODEL_WORKERS = (Sort.MODEL_WORKER, Sort.ADVANCED)  # one honour under two names (domain §8.1)


class Level(models.TextChoices):
    """Who stands behind an honour (domain §8.1)."""

    NATIONAL = "national", "国家级"
    PROVINCE = "province", "省部级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    UNIT = "unit", "企业级"


class HonourQuerySet(models.QuerySet["Honour"]):
    def held(self, day: date) -> HonourQuerySet:
        """Granted by a day and not revoked by then; an honour has no term (domain §8.1)."""
        return self.filter(Q(revoked_on=None) | Q(revoked_on__gt=day), granted_on__lte=day)


class Honour(OrgRecord):
    """A person is honoured for life by a state body or a union; it stays where it was entered.

    Titles for a term that evaluations of the union end in are those of ``apps.titles``.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="honours", verbose_name="人员")
    title = models.CharField("荣誉名称", max_length=60, help_text="照证书写，例如：全国劳动模范。")
    sort = models.CharField("类别", max_length=20, choices=Sort.choices)
    level = models.CharField("级别", max_length=10, choices=Level.choices)
    granted_by = models.CharField("授予机关", max_length=60)
    granted_on = models.DateField("授予日期")
    document = models.CharField("表彰文号", max_length=60, blank=True)
    certificate = models.CharField("证书号", max_length=40, blank=True)
    nominated_by = models.CharField("推荐单位", max_length=100, blank=True)
    revoked_on = models.DateField("撤销日期", null=True, blank=True)
    revoked_for = models.CharField("撤销原因和文号", max_length=200, blank=True)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = "荣誉"
        verbose_name_plural = "荣誉"
        ordering = ["-granted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "title", "granted_on"],
                name="honour_once",
                violation_error_message="这个人的这项荣誉已经登记过。",
            ),
            models.CheckConstraint(
                name="honour_revoked_after_granted",
                condition=Q(revoked_on=None) | Q(revoked_on__gte=F("granted_on")),
                violation_error_message="撤销日期不能早于授予日期。",
            ),
            models.CheckConstraint(
                name="honour_revoked_with_reason",
                condition=Q(revoked_on=None, revoked_for="")
                | Q(revoked_on__isnull=False) & ~Q(revoked_for=""),
                violation_error_message="撤销要同时写日期和原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.title}"
