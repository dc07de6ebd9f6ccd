"""Tables of the sharing space: recommended books, materials, thanks and comments (R-122, R-123)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person

from .piece import Piece


class Recommendation(OrgRecord):
    """A book a union recommends to its people: for whom, and why (R-122)."""

    title = models.CharField("书名", max_length=120)
    author = models.CharField("作者", max_length=80, blank=True)
    isbn = models.CharField("书号", max_length=20, blank=True)
    readers = models.CharField("推荐给谁", max_length=60, help_text="如“全体教师”“一线职工”。")
    why = models.TextField("为什么推荐", max_length=500)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="推荐人"
    )
    on = models.DateField("推荐日期")
    until = models.DateField("列到哪天", null=True, blank=True)

    class Meta:
        verbose_name = "推荐书目"
        verbose_name_plural = "推荐书目"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "title", "author"],
                name="recommendation_once",
                violation_error_message="这本书已经推荐过。",
            ),
            models.CheckConstraint(
                name="recommendation_until_after_on",
                condition=Q(until=None) | Q(until__gte=F("on")),
                violation_error_message="列到的日期不能早于推荐日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"


class Material(OrgRecord):
    """Something to learn from that a union hands out: files with a word about them (R-123)."""

    title = models.CharField("资料", max_length=100)
    words = models.TextField("说明", max_length=1000, blank=True)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="上传人"
    )
    on = models.DateField("日期")

    class Meta:
        verbose_name = "学习资料"
        verbose_name_plural = "学习资料"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Thanks(models.Model):
    """That somebody got something out of what another showed; once a person."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="thanks", verbose_name="哪一篇")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="谁")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "致谢"
        verbose_name_plural = "致谢"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["piece", "person"],
                name="thanks_once",
                violation_error_message="您已经谢过了。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}谢{self.piece.person}"


class Comment(models.Model):
    """What somebody said to a shown piece; the union may hide it and says why."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="comments", verbose_name="哪一篇")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="谁")
    words = models.CharField("评论", max_length=500)
    at = models.DateTimeField("时间", auto_now_add=True)
    hidden_at = models.DateTimeField("隐藏时间", null=True)
    hidden_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="谁隐藏"
    )
    reason = models.CharField("隐藏原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "评论"
        verbose_name_plural = "评论"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="comment_hidden_with_a_reason",
                condition=Q(hidden_at=None) | ~Q(reason=""),
                violation_error_message="请写明为什么隐藏。",
            )
        ]

    def __str__(self) -> str:
        return self.words
