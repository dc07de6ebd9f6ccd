"""What happened to which record, by whom: rows are added, chained, and never changed."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from gonghui.core.people.models import Person


class Entry(models.Model):
    """One thing that happened to one record; each entry carries the hash of the one before it."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, db_index=False)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    number = models.PositiveIntegerField("序号")
    verb = models.CharField("动作", max_length=60)
    by = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="经办人")
    at = models.DateTimeField("时间")
    request_id = models.CharField("请求", max_length=32, blank=True)
    changes = models.JSONField("变化", default=dict, encoder=DjangoJSONEncoder)
    digest = models.CharField("校验", max_length=64)

    class Meta:
        verbose_name = "历史"
        verbose_name_plural = "历史"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="entry_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "number"], name="entry_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.object_id}"
