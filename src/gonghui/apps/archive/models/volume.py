"""The archive of a year, frozen as a paper with a code; later changes do not touch it."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person
from gonghui.core.records.engine.proofs import new_code


class Volume(OrgRecord):
    """A person's archive of one year as it stood on a day: a PDF that stays, and its code.

    ``sums`` and the names are what the paper says, kept apart from records that change. ``digest``
    is that of the file. Frozen again after a change it is a new edition; the old one stays true.
    ``org`` is the union of the person on that day.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="volumes", verbose_name="本人")
    year = models.PositiveSmallIntegerField("年度")
    edition = models.PositiveSmallIntegerField("第几版", default=1)
    code = models.CharField("编号", max_length=16, unique=True, default=new_code, editable=False)
    name = models.CharField("姓名", max_length=50)
    union = models.CharField("工会", max_length=100)
    sums = models.JSONField("合计", default=list)
    content = models.CharField("内容校验", max_length=64)
    digest = models.CharField("文件校验", max_length=64)
    is_whole = models.BooleanField("含只有本人可见的题目", default=False)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="谁封存"
    )
    on = models.DateField("封存日期")

    class Meta:
        verbose_name = "年度档案"
        verbose_name_plural = "年度档案"
        ordering = ["-year", "-edition", "-pk"]
        indexes = [models.Index(fields=["org", "-year"], name="volume_of_org")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year", "edition"],
                name="volume_once",
                violation_error_message="这一版已经封存。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year} 年学习档案"
