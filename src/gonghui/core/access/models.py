"""Who holds which role where, and until when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person


class Role(models.Model):
    """A named set of capabilities; roles are data (AA. PEOP).

    Some are held without a grant, by a post: whoever has one of ``post_titles`` in a body of
    ``post_kinds`` holds the role at that very body (R-016, R-363).
    """

    name = models.CharField("角色", max_length=40, unique=True)
    capabilities = models.JSONField("权限", default=list)
    post_kinds = models.JSONField("凭任职：组织类型", default=list, blank=True)
    post_titles = models.JSONField("凭任职：职务", default=list, blank=True)
    is_shipped = models.BooleanField("随系统提供", default=False, editable=False)

    class Meta:
        verbose_name = "角色"
        verbose_name_plural = "角色"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class GrantQuerySet(models.QuerySet["Grant"]):
    def held(self, day: date) -> GrantQuerySet:
        begun = Q(since=None) | Q(since__lte=day)
        return self.filter(begun, Q(until=None) | Q(until__gte=day))


class Grant(models.Model):
    """A role a person holds at a body, reaching all below it, for a period."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants", verbose_name="人员")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants", verbose_name="角色")
    org = models.ForeignKey(Org, models.PROTECT, related_name="grants", verbose_name="范围")
    since = models.DateField("自", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "授权"
        verbose_name_plural = "授权"
        ordering = ["org_id", "role_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "org"],
                name="grant_once",
                violation_error_message="此人在这里已有这个角色。",
            ),
            models.CheckConstraint(
                name="grant_until_after_since",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                violation_error_message="截止日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.org}"
