"""The four mechanisms with what proves them, and what members are rewarded for."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Mechanism(models.TextChoices):
    """The four mechanisms inside a team (R-063)."""

    LEARNING = "learning", "团队学习机制"
    EXCHANGE = "exchange", "交流沟通机制"
    SHARING = "sharing", "成果共享机制"
    INNOVATION = "innovation", "创新变革机制"


class Evidence(OrgRecord):
    """Something that shows a mechanism at work in a team, with its papers attached (R-063)."""

    mechanism = models.CharField("机制", max_length=12, choices=Mechanism.choices)
    title = models.CharField("做法或事例", max_length=100)
    words = models.TextField("说明", max_length=2000, blank=True)
    on = models.DateField("日期")

    class Meta:
        verbose_name = "机制做法"
        verbose_name_plural = "四个机制"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["org", "mechanism", "on"], name="evidence_of_org")]

    def __str__(self) -> str:
        return self.title


class Ground(models.TextChoices):
    """What a member is rewarded for (R-161)."""

    STUDY = "study", "学习成果突出"
    IMPROVEMENT = "improvement", "改善创新成绩突出"
    TEACHING = "teaching", "担任教员表现优秀"
    SKILL = "skill", "炼就掌握绝技绝活"


class Reward(models.TextChoices):
    """How: given by the team or a department above, or a chance (R-162)."""

    TEAM = "team", "班组奖励"
    DEPARTMENT = "department", "上级部门奖励"
    STUDY = "study", "进一步学习的机会"
    STAGE = "stage", "施展才能的机会"


class Incentive(OrgRecord):
    """What a member was rewarded with, on one of four grounds (R-161, R-162)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="incentives", verbose_name="获得人"
    )
    ground = models.CharField("因为", max_length=12, choices=Ground.choices)
    reward = models.CharField("方式", max_length=12, choices=Reward.choices)
    what = models.CharField("内容", max_length=100)
    reason = models.CharField("事迹", max_length=300)
    given_by = models.CharField("给予的单位", max_length=60, blank=True)
    on = models.DateField("日期")

    class Meta:
        verbose_name = "激励"
        verbose_name_plural = "激励"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["org", "on"], name="incentive_of_org")]

    def __str__(self) -> str:
        return f"{self.person} {self.what}"
