"""Forms: their cells, and what has to stand between them."""

from __future__ import annotations

from django.db import models

from gonghui.core.editions.models import Edition
from gonghui.core.orgs.models import Org

from ..engine import arithmetic


class Cadence(models.TextChoices):
    """Which days a form speaks of."""

    STATISTICS = "statistics", "统计年度（上年 10 月至当年 9 月）"
    YEAR = "year", "年报"
    HALF = "half", "半年报"
    QUARTER = "quarter", "季报"
    MONTH = "month", "月报"


class How(models.TextChoices):
    """Where the figure of a cell comes from."""

    INDICATOR = "indicator", "系统记录"
    FORMULA = "formula", "由其他栏目计算"
    ENTRY = "entry", "单位填报"


class Sign(models.TextChoices):
    """How the two sides of a check stand to each other."""

    AT_MOST = "<=", "不大于"
    AT_LEAST = ">=", "不小于"
    EQUAL = "=", "等于"


class Form(Edition):
    """A statistical form or monthly report: a table of cells that units file (R-395, R-396).

    An issued one is never changed under those who file it: a new version is made of it.
    """

    org = models.ForeignKey(
        Org, models.PROTECT, related_name="statistical_forms", verbose_name="组织"
    )
    cadence = models.CharField("报告期", max_length=12, choices=Cadence.choices)
    size = models.CharField(
        "衡量单位大小的栏目",
        max_length=4,
        blank=True,
        help_text="例如职工人数那一栏的编号；填了，才会比较各单位的数字是否偏离太多。",
    )

    class Meta(Edition.Meta):
        verbose_name = "报表"
        verbose_name_plural = "报表"
        constraints = [
            models.UniqueConstraint(
                fields=["org", "title", "version"],
                name="form_version_once",
                violation_error_message="这张报表已经有这一版本。",
            )
        ]


class Cell(models.Model):
    """One figure a form asks for: counted from records, worked out, or entered by the unit."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="cells", editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    section = models.CharField("所属部分", max_length=60, blank=True)
    code = models.CharField("编号", max_length=4, help_text="一个大写字母加数字，例如 A1。")
    name = models.CharField("栏目", max_length=120)
    unit = models.CharField("计量单位", max_length=10)
    how = models.CharField("数据来源", max_length=10, choices=How.choices, default=How.ENTRY)
    indicator = models.CharField("指标", max_length=60, blank=True)
    formula = models.CharField("算式", max_length=arithmetic.LONGEST, blank=True)
    is_optional = models.BooleanField("可以不填", default=False)
    about = models.CharField("填报说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        ordering = ["form_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "code"],
                name="cell_code_once",
                violation_error_message="这个编号已经用过。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_formula(self) -> bool:
        return self.how == How.FORMULA

    @property
    def is_counted(self) -> bool:
        return self.how == How.INDICATOR


class Relation(models.Model):
    """A check between cells: must be right, or be explained."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="relations", editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    left = models.CharField("左边", max_length=arithmetic.LONGEST, help_text="例如 A2 + A3。")
    sign = models.CharField("关系", max_length=2, choices=Sign.choices)
    right = models.CharField(
        "右边", max_length=arithmetic.LONGEST, help_text="例如 A1；@A1 是上年同期的 A1。"
    )
    is_hard = models.BooleanField(
        "必须符合", default=True, help_text="不勾选，不符合时写明原因也可以上报。"
    )

    class Meta:
        verbose_name = "核对关系"
        verbose_name_plural = "核对关系"
        ordering = ["form_id", "position", "pk"]

    def __str__(self) -> str:
        left, right = (arithmetic.said(arithmetic.read(side)) for side in (self.left, self.right))
        return f"{left} {self.get_sign_display()} {right}"
