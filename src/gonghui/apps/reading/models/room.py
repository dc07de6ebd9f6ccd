"""A bookroom or a reading station of a body, with what the standards ask of it."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class RoomKind(models.TextChoices):
    """What it is (R-124, R-125; domain §9.5)."""

    ROOM = "room", "职工书屋"
    STATION = "station", "阅读站点"
    DIGITAL = "digital", "电子书屋"


class Level(models.TextChoices):
    """Whose demonstration bookroom it was named (domain §9.5)."""

    UNIT = "unit", "本单位"
    COUNTY = "county", "县级示范点"
    CITY = "city", "市级示范点"
    PROVINCE = "province", "省级示范点"
    NATION = "nation", "全国示范点"


class Bookroom(OrgRecord):
    """A workers' bookroom or reading station: where it is, when it is open, who keeps it (R-125).

    Figures nobody has counted stay empty; what its records hold (books, loans) is never typed in.
    """

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=10, choices=RoomKind.choices, default=RoomKind.ROOM)
    place = models.CharField("地点", max_length=100, blank=True)
    hours = models.CharField(
        "开放时间", max_length=100, blank=True, help_text="如：工作日 11:30–13:30、17:00–20:00。"
    )
    keeper = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookrooms",
        verbose_name="管理员",
    )
    area = models.PositiveIntegerField("面积（平方米）", null=True, blank=True)
    seats = models.PositiveIntegerField("座位", null=True, blank=True)
    periodicals = models.PositiveIntegerField("订阅报刊（种）", null=True, blank=True)
    terminals = models.PositiveIntegerField("电脑或阅读终端（台）", null=True, blank=True)
    open_days = models.PositiveSmallIntegerField("一年开放（天）", null=True, blank=True)
    open_hours = models.PositiveSmallIntegerField("一周开放（小时）", null=True, blank=True)
    has_rules = models.BooleanField("制度已上墙", null=True, blank=True)
    level = models.CharField("命名级别", max_length=10, choices=Level.choices, blank=True)
    note = models.TextField("说明", max_length=1000, blank=True)
    is_open = models.BooleanField("正在开放", default=True)

    class Meta:
        verbose_name = "职工书屋"
        verbose_name_plural = "职工书屋"
        ordering = ["org_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "name"],
                name="bookroom_once",
                violation_error_message="本组织已有叫这个名称的书屋。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_model(self) -> bool:
        """Whether it was named a demonstration bookroom, of which more is asked."""
        return self.level not in ("", Level.UNIT)
