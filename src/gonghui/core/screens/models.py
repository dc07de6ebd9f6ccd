"""What a person keeps of a list to come back to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.people.models import Person


class SavedView(models.Model):
    """A list as one person likes to look at it: its filters, order and columns, under a name."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="saved_views", verbose_name="本人"
    )
    list = models.CharField("名单", max_length=100)
    name = models.CharField("名称", max_length=30)
    query = models.TextField("条件", blank=True)
    is_default = models.BooleanField("打开名单时先用", default=False)

    class Meta:
        verbose_name = "视图"
        verbose_name_plural = "视图"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "list", "name"], name="view_named_once"),
            models.UniqueConstraint(
                fields=["person", "list"], name="view_one_default", condition=Q(is_default=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name
