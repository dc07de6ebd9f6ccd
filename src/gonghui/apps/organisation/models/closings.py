"""That a body was closed or merged into another, and what ended by it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import Org


def nothing() -> dict[str, list[Any]]:
    """What has ended, before anything has."""
    return {"bodies": [], "posts": [], "grants": [], "led": [], "children": [], "begun": []}


class Closing(models.Model):
    """That a body was closed or merged on a day, with all that ended: to take it back as a whole.

    ``ended`` has the keys of bodies and posts, of grants with the day until which they had been
    given, and of bodies led a second time with who led them; of a merger also those of the bodies
    handed over and of the posts that began anew. The ledger knows its entries by ``source``.
    """

    org = models.ForeignKey(Org, models.PROTECT, related_name="closings", verbose_name="组织")
    day = models.DateField("撤销日期")
    stood_below = models.ForeignKey(
        Org,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="合并以前的上级",
        help_text="只有合并才有。",
    )
    ended = models.JSONField("随之终止的", default=nothing)
    taken_back_on = models.DateField("收回日期", null=True)

    class Meta:
        verbose_name = "组织撤销"
        verbose_name_plural = "组织撤销"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org"],
                condition=Q(taken_back_on=None),
                name="closing_once_at_a_time",
                violation_error_message="这个组织已经撤销。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.org} {self.day:%Y-%m-%d}"

    @property
    def source(self) -> str:
        """By which the entries of the ledger are known that it made."""
        return f"closing:{self.pk}"
