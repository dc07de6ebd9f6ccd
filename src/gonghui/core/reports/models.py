"""Reports that were written out, the figures they held, and each union's own texts for them."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.people.models import Person


class Paper(OrgRecord):
    """A report as it was written to Word on a day; its figures can be opened by its code."""

    code = models.CharField("编号", max_length=8, unique=True, editable=False)
    sort = models.CharField("类别", max_length=20)
    title = models.CharField("标题", max_length=200)
    since = models.DateField("从")
    until = models.DateField("到")
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="papers", verbose_name="编写人"
    )
    at = models.DateTimeField("编写时间", auto_now_add=True)

    class Meta:
        verbose_name = "报告"
        verbose_name_plural = "报告"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["org", "-at"], name="paper_of_org")]

    def __str__(self) -> str:
        return self.title


class Cited(models.Model):
    """One figure of a report as it was printed, and where it was read from."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="figures")
    number = models.PositiveSmallIntegerField("序号")
    label = models.CharField("数字", max_length=200)
    words = models.CharField("文中所写", max_length=60)
    address = models.CharField("出处", max_length=400)
    indicator = models.CharField("指标", max_length=60, blank=True)
    org = models.ForeignKey(Org, models.CASCADE, related_name="+", verbose_name="组织")
    since = models.DateField("从", null=True)
    until = models.DateField("到", null=True)

    class Meta:
        verbose_name = "报告里的数字"
        verbose_name_plural = "报告里的数字"
        ordering = ["paper_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="cited_once_in_a_paper")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.words}"


class Wording(OrgRecord):
    """A union's own text of a part of its reports; it holds for itself and those below it."""

    part = models.CharField("部分", max_length=30)
    text = models.TextField("文字")
    changed_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "报告用语"
        verbose_name_plural = "报告用语"
        ordering = ["org_id", "part"]
        constraints = [models.UniqueConstraint(fields=["org", "part"], name="wording_once_a_union")]

    def __str__(self) -> str:
        return self.part
