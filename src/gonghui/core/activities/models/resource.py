"""Rooms and equipment that activities use."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import OrgRecord


class Resource(OrgRecord):
    """A room, a court, a projector: something that one gathering at a time may use."""

    class Kind(models.TextChoices):
        ROOM = "room", "场地"
        EQUIPMENT = "equipment", "设备"

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=10, choices=Kind.choices, default=Kind.ROOM)
    seats = models.PositiveIntegerField("可容纳人数", null=True, blank=True)
    address = models.CharField("位置", max_length=100, blank=True)
    note = models.CharField("使用须知", max_length=200, blank=True)
    is_in_use = models.BooleanField("可以预订", default=True)

    class Meta:
        verbose_name = "场地设备"
        verbose_name_plural = "场地设备"
        ordering = ["org_id", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "name"],
                name="resource_named_once",
                violation_error_message="同名的场地或设备已经登记过。",
            )
        ]

    def __str__(self) -> str:
        return self.name
