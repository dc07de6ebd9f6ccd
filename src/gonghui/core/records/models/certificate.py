"""The paper that says somebody took part, and the code by which a stranger can check it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.credits.models import Credit
from gonghui.core.orgs.models import OrgRecord
from gonghui.core.signing.models import Registration
from gonghui.kit.amounts import plain

from ..engine.proofs import new_code


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def standing(self) -> CertificateQuerySet:
        """Those that prove something: not withdrawn."""
        return self.filter(withdrawn_at=None)


class Certificate(OrgRecord):
    """That somebody took part in, taught at or helped with an activity, or passed a class of it.

    ``hours`` are the clock's of who took part, class hours (学时) of who passed. It says what the
    finished record said, and stays so when the notice is changed later. The name is that of the
    registration: whoever asks to be forgotten is not kept here. ``org`` issued it.
    """

    class Sort(models.TextChoices):
        TOOK_PART = "took_part", "参加证明"
        PASSED = "passed", "结业证书"

    sort = models.CharField("种类", max_length=10, choices=Sort.choices, default=Sort.TOOK_PART)
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="certificates", verbose_name="人员"
    )
    code = models.CharField("编号", max_length=16, unique=True, default=new_code, editable=False)
    title = models.CharField("活动", max_length=100)
    first_on = models.DateField("开始日期")
    last_on = models.DateField("结束日期")
    role = models.CharField("身份", max_length=10, choices=Credit.Role.choices)
    hours = models.DecimalField("时长", max_digits=8, decimal_places=2)
    grade = models.CharField("成绩或等级", max_length=30, blank=True)
    issued_on = models.DateField("出具日期")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "证明"
        verbose_name_plural = "证明"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "sort"],
                condition=Q(withdrawn_at=None),
                name="certificate_stands_once",
                violation_error_message="这个人已经有一张有效的证明。",
            )
        ]

    @property
    def time(self) -> str:
        """2 小时, 16 学时."""
        unit = "学时" if self.sort == self.Sort.PASSED else "小时"
        return f"{plain(self.hours)} {unit}"

    def __str__(self) -> str:
        return f"{self.registration} {self.title}"
