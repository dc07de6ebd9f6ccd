"""Numbered slogans: a name and what it stands for, where it stands."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import Org


class Slogan(models.Model):
    """A numbered name such as 三个一, as one unit means it; another may mean something else.

    Those of the founding documents belong to no body here. Without items its content was never
    written down, and none is made up.
    """

    org = models.ForeignKey(
        Org, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="组织"
    )
    name = models.CharField("名称", max_length=40)
    meant_by = models.CharField("谁的提法", max_length=60)
    items = models.JSONField("内容", default=list, blank=True)
    is_inferred = models.BooleanField(
        "内容是推断的", default=False, help_text="原文没有明说，按上下文推断。"
    )
    source = models.CharField("出处", max_length=100, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "数字提法"
        verbose_name_plural = "数字提法"
        ordering = ["name", "meant_by", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "name", "meant_by"],
                name="slogan_once",
                violation_error_message="这个提法已经登记过。",
            ),
            models.UniqueConstraint(
                fields=["name", "meant_by"],
                condition=models.Q(org=None),
                name="slogan_shipped_once",
                violation_error_message="这个提法已经登记过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.meant_by}）"
