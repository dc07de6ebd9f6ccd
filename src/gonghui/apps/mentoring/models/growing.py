"""What a body finds its people to be: the four kinds of worker, and their abilities."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person

LOWEST, HIGHEST = 1, 5


class Worker(models.TextChoices):
    """The four kinds of worker (R-084)."""

    MORAL = "moral", "道德型职工"
    KNOWLEDGE = "knowledge", "知识型职工"
    SKILL = "skill", "技能型职工"
    HEALTH = "health", "健康型职工"


class Recognition(OrgRecord):
    """A body recognises somebody as one of the four kinds of worker, with the evidence (R-084).

    What it revokes stays on record with the reason, and is an honour no more.
    """

    class State(models.TextChoices):
        STANDING = "standing", "有效"
        REVOKED = "revoked", "已撤销"

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="recognitions", verbose_name="人员"
    )
    kind = models.CharField("类型", max_length=10, choices=Worker.choices)
    on = models.DateField("认定日期")
    year = models.PositiveSmallIntegerField("年度", editable=False)
    evidence = models.TextField("事迹和依据", max_length=2000)
    decided_by = models.CharField(
        "谁认定", max_length=100, blank=True, help_text="如：第三届第五次工会委员会。"
    )
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.STANDING, editable=False
    )
    revoked_on = models.DateField("撤销日期", null=True, editable=False)
    revoked_for = models.CharField("撤销原因", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = "四型职工"
        verbose_name_plural = "四型职工"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["org", "year", "kind"], name="recognition_of_org")]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "person", "kind", "year"],
                condition=Q(state="standing"),
                name="recognition_once_a_year",
                violation_error_message="这个人本年度已经认定过这一型。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"

    @property
    def state_tone(self) -> str:
        return "done" if self.state == self.State.STANDING else "plain"


class Way(models.TextChoices):
    """Who rated whom."""

    SELF = "self", "自评"
    PEERS = "peers", "互评"
    TEAM = "team", "班组评"


class Appraisal(OrgRecord):
    """A dated look at somebody's five abilities, one to five points each (R-164).

    An ability nobody rated stays empty.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="appraisals", verbose_name="人员"
    )
    on = models.DateField("日期")
    way = models.CharField("方式", max_length=8, choices=Way.choices, default=Way.TEAM)
    learning = models.PositiveSmallIntegerField("学习", null=True, blank=True)
    technique = models.PositiveSmallIntegerField("技术运用", null=True, blank=True)
    innovation = models.PositiveSmallIntegerField("变革创新", null=True, blank=True)
    management = models.PositiveSmallIntegerField("自主管理", null=True, blank=True)
    transcendence = models.PositiveSmallIntegerField("群体超越", null=True, blank=True)
    note = models.TextField("说明", max_length=1000, blank=True)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="经办人", editable=False
    )

    ABILITIES = ("learning", "technique", "innovation", "management", "transcendence")

    class Meta:
        verbose_name = "能力评价"
        verbose_name_plural = "能力评价"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "on", "way"],
                name="appraisal_once_a_day",
                violation_error_message="这一天已经这样评过。",
            ),
            *(
                models.CheckConstraint(
                    name=f"appraisal_{name}_in_points",
                    condition=models.Q(**{name: None})
                    | models.Q(**{f"{name}__gte": LOWEST, f"{name}__lte": HIGHEST}),
                    violation_error_message="请评 1 至 5 分，没有评的空着。",
                )
                for name in ("learning", "technique", "innovation", "management", "transcendence")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.on:%Y-%m-%d} {self.get_way_display()}"

    @classmethod
    def label_of(cls, ability: str) -> str:
        field: Any = cls._meta.get_field(ability)
        return str(field.verbose_name)
