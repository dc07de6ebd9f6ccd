"""How an association was found to be doing."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import OrgRecord


class Verdict(models.TextChoices):
    GOOD = "good", "运行良好"
    FAIR = "fair", "基本正常"
    POOR = "poor", "活动很少"
    REORGANISE = "reorganise", "需要调整"


class AssociationReview(OrgRecord):
    """A review of how an association operates (R-016); its ``org`` is the association."""

    on = models.DateField("评估日期")
    members = models.PositiveIntegerField("成员数", editable=False)
    # Since the review before; nobody knows of the first one.
    joined = models.PositiveIntegerField("新加入", null=True, editable=False)
    left = models.PositiveIntegerField("退出", null=True, editable=False)
    verdict = models.CharField("评估结论", max_length=12, choices=Verdict.choices)
    findings = models.TextField("运行情况", max_length=2000, blank=True)
    measures = models.TextField("改进打算", max_length=2000, blank=True)

    class Meta:
        verbose_name = "协会评估"
        verbose_name_plural = "协会评估"
        ordering = ["org_id", "-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "on"],
                name="review_once_a_day",
                violation_error_message="这一天的评估已经填过，请改原来那一条。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.org} {self.on:%Y-%m-%d}"
