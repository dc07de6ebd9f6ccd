"""What a body was called and where it stood, from when to when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from gonghui.kit.fields import PathField

from .org import Kind, Org


def stood(day: date, *, at: str = "") -> Q:
    """That a version is the one of a day; ``at`` leads to it from what is asked for."""
    begun = Q((f"{at}since", None)) | Q((f"{at}since__lte", day))
    return begun & (Q((f"{at}until", None)) | Q((f"{at}until__gte", day)))


class OrgVersionQuerySet(models.QuerySet["OrgVersion"]):
    def on(self, day: date) -> OrgVersionQuerySet:
        """The bodies as they stood on a day; an unknown beginning counts as always."""
        return self.filter(stood(day))

    def below(self, path: str) -> OrgVersionQuerySet:
        """Those below a path, and the body of that path itself."""
        return self.filter(path__gte=path, path__lt=path + "~")


class OrgVersion(models.Model):
    """A body's name, kind, place and codes over a period; written only by ``versions.py``.

    A closed body's last version ends with it, so that a list as of a day is one range of these.
    """

    org = models.ForeignKey(Org, models.CASCADE, related_name="versions", verbose_name="组织")
    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类型", max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        Org, models.CASCADE, null=True, related_name="+", verbose_name="上级"
    )
    second_parent = models.ForeignKey(
        Org, models.CASCADE, null=True, related_name="+", verbose_name="第二上级"
    )
    code = models.CharField("工会统一社会信用代码", max_length=18, blank=True)
    employer_code = models.CharField("单位统一社会信用代码", max_length=18, blank=True)
    path = PathField(max_length=200)
    since = models.DateField("自", null=True)
    until = models.DateField("至", null=True)

    objects = OrgVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "组织沿革"
        verbose_name_plural = "组织沿革"
        ordering = ["path", "since", "pk"]
        indexes = [models.Index(fields=["path", "since"], name="version_by_path")]
        constraints = [
            models.UniqueConstraint(
                fields=["org"],
                condition=Q(until=None),
                name="version_one_at_a_time",
                violation_error_message="一个组织同时只有一个名称和位置。",
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.name
