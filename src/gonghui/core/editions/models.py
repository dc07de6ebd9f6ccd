"""The columns of what has editions; the app adds its own and the parts it is made of."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import OrgRecord


class EditionState(models.TextChoices):
    """How far it is."""

    DRAFT = "draft", "拟定中"
    ISSUED = "issued", "已印发"
    RETIRED = "retired", "已停用"


class Edition(OrgRecord):
    """A scheme or a form that others are judged by or file.

    An issued one is never changed under those it speaks of: a new version is made of it.
    """

    title = models.CharField("名称", max_length=100)
    basis = models.CharField("依据", max_length=200, blank=True)
    is_example = models.BooleanField("示例", default=False, editable=False)
    version = models.PositiveSmallIntegerField("版本", default=1, editable=False)
    before = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="later",
        verbose_name="上一版本",
    )
    state = models.CharField(
        "状态",
        max_length=10,
        choices=EditionState.choices,
        default=EditionState.DRAFT,
        editable=False,
    )

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.version} 版）" if self.version > 1 else self.title

    @property
    def state_tone(self) -> str:
        tones = {EditionState.DRAFT: "wait", EditionState.ISSUED: "doing"}
        return tones.get(EditionState(self.state), "plain")
