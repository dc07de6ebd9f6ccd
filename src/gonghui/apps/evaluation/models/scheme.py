"""Tables of schemes: what is judged, item by item, and which grade a total earns."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from gonghui.core.editions.models import Edition
from gonghui.core.orgs.models import Org
from gonghui.kit.amounts import plain

from ..engine import marking


class Target(models.TextChoices):
    """Who is judged."""

    UNIT = "unit", "单位"
    TEAM = "team", "班组"
    PERSON = "person", "个人"


class Method(models.TextChoices):
    """How a value becomes marks (engine/marking.py)."""

    LINEAR = marking.LINEAR, "按数值比例计分"
    EACH = marking.EACH, "每项加分"
    DEDUCT = marking.DEDUCT, "每项扣分"
    TICKS = marking.TICKS, "逐条符合计分"
    LEVEL = marking.LEVEL, "按档次计分"
    MARK = marking.MARK, "评委打分"
    VETO = marking.VETO, "一票否决"


class Filler(models.TextChoices):
    """Where the value comes from: the records, or somebody who judges."""

    RECORDS = "records", "系统记录"
    SELF = "self", "自评"
    PEERS = "peers", "互评"
    UPPER = "upper", "上级现场"
    MEMBERS = "members", "群众评议"


class Scheme(Edition):
    """A table by which units, teams or people are judged (R-054, R-055, R-225).

    An issued one is never changed under those it judges: a new version is made of it.
    """

    org = models.ForeignKey(
        Org, models.PROTECT, related_name="evaluation_schemes", verbose_name="组织"
    )
    target = models.CharField("评估对象", max_length=10, choices=Target.choices)
    full_mark = models.DecimalField("满分", max_digits=6, decimal_places=2, default=100)
    bonus_cap = models.DecimalField("加分上限", max_digits=6, decimal_places=2, default=0)

    class Meta(Edition.Meta):
        verbose_name = "评估方案"
        verbose_name_plural = "评估方案"
        constraints = [
            models.UniqueConstraint(
                fields=["org", "title", "version"],
                name="scheme_version_once",
                violation_error_message="这个方案已经有这一版本。",
            ),
            models.CheckConstraint(
                name="scheme_full_mark_is_some",
                condition=Q(full_mark__gt=0, bonus_cap__gte=0),
                violation_error_message="满分要大于零，加分上限不能是负数。",
            ),
        ]


class Criterion(models.Model):
    """An item of a scheme, or a heading over items: what is judged and for how many marks."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="criteria", editable=False)
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="所属大项",
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    code = models.CharField("编号", max_length=10)
    name = models.CharField("项目", max_length=120)
    weight = models.DecimalField("分值", max_digits=6, decimal_places=2, default=0)
    method = models.CharField(
        "计分方法", max_length=10, choices=Method.choices, blank=True
    )  # empty: a heading
    filler = models.CharField(
        "数据来源", max_length=10, choices=Filler.choices, default=Filler.SELF
    )
    indicator = models.CharField("指标", max_length=60, blank=True)
    full_at = models.DecimalField("满分值", max_digits=12, decimal_places=4, null=True, blank=True)
    zero_at = models.DecimalField("零分值", max_digits=12, decimal_places=4, null=True, blank=True)
    each = models.DecimalField("每项分值", max_digits=6, decimal_places=2, null=True, blank=True)
    options = models.JSONField("选项", default=list, blank=True)  # [[words, marks as text], …]
    is_bonus = models.BooleanField("加分项", default=False)
    evidence = models.CharField("佐证材料", max_length=200, blank=True)

    class Meta:
        verbose_name = "评估项目"
        verbose_name_plural = "评估项目"
        ordering = ["scheme_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code"],
                name="criterion_code_once",
                violation_error_message="这个编号已经用过。",
            ),
            models.CheckConstraint(
                name="criterion_weight_is_not_negative",
                condition=Q(weight__gte=0),
                violation_error_message="分值不能是负数。",
            ),
            models.CheckConstraint(
                name="criterion_is_not_its_own_heading",
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                violation_error_message="项目不能归在自己下面。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_heading(self) -> bool:
        return not self.method

    @property
    def rule(self) -> marking.Rule:
        """How it is marked, in the engine's terms."""
        return marking.Rule(
            self.method,
            Fraction(self.weight),
            _fraction(self.full_at),
            _fraction(self.zero_at),
            _fraction(self.each),
            tuple((str(words), Fraction(str(points))) for words, points in self.options),
        )


class Band(models.Model):
    """A grade and the least total that earns it."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="bands")
    title = models.CharField("等次", max_length=40)
    at_least = models.DecimalField("起始分", max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = "等次"
        verbose_name_plural = "等次"
        ordering = ["scheme_id", "-at_least"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "at_least"],
                name="band_limit_once",
                violation_error_message="两个等次不能从同一个分数起。",
            ),
            models.UniqueConstraint(
                fields=["scheme", "title"],
                name="band_title_once",
                violation_error_message="等次名称不能重复。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{plain(self.at_least)} 分及以上）"


def _fraction(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))
