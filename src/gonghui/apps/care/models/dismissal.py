"""A contract the employer ends on its own, and what the union was told and said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Dismissal(OrgRecord):
    """The employer ends a worker's contract; the union is told before and may object (ORG-20).

    工会法 §22, 劳动合同法 §43. It lies with the body the worker belongs to when it is entered.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="dismissals", verbose_name="职工"
    )
    reason = models.CharField("单位的理由", max_length=200)
    ends_on = models.DateField("解除日期")
    notified_on = models.DateField("通知工会日期", null=True, blank=True)
    objected_on = models.DateField("工会要求重新研究的日期", null=True, blank=True)
    objection = models.CharField("工会的意见", max_length=300, blank=True)
    answered_on = models.DateField("单位书面答复日期", null=True, blank=True)
    answer = models.CharField("处理结果", max_length=300, blank=True)

    class Meta:
        verbose_name = "解除合同通知"
        verbose_name_plural = "解除合同通知"
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "ends_on"],
                name="dismissal_once_a_day",
                violation_error_message="此人这一天的解除合同已经登记过。",
            ),
            models.CheckConstraint(
                name="dismissal_answers_an_objection",
                condition=Q(answered_on=None)
                | Q(objected_on__isnull=False, answered_on__gte=F("objected_on")),
                violation_error_message="单位的答复是对工会意见的，不能早于工会要求重新研究的日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.ends_on:%Y-%m-%d} 解除合同"
