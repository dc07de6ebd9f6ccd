"""One card for each thing that can be found; the index over the cards is made in a migration."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import Org
from gonghui.kit.fields import PathField


class SearchCard(models.Model):
    """What is known of one record for finding it; what is shown is read from the record itself.

    ``grams`` is what the index holds (see ``grams.py``); the other texts are for ranges of
    beginnings and for proving a match. ``org`` narrows a search that finds too much.
    """

    kind = models.CharField("种类", max_length=60)
    object_id = models.PositiveBigIntegerField("记录")
    org = models.ForeignKey(Org, models.CASCADE, db_index=False, verbose_name="所属组织")
    # Compared byte by byte on every database, so that a beginning is a range.
    folded = PathField("文字", max_length=400)
    pinyin = PathField("拼音", max_length=400, blank=True)
    initials = PathField("拼音首字母", max_length=200, blank=True)
    grams = models.TextField("索引词")
    weight = models.SmallIntegerField("分量", default=0)

    class Meta:
        verbose_name = "搜索卡片"
        verbose_name_plural = "搜索卡片"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_card_once")
        ]
        indexes = [
            models.Index(fields=["kind", "folded"], name="search_by_text"),
            models.Index(fields=["kind", "pinyin"], name="search_by_pinyin"),
            models.Index(fields=["kind", "initials"], name="search_by_initials"),
            models.Index(fields=["org", "kind"], name="search_of_org"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
