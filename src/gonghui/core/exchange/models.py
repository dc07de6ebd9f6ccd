"""A list that was handed in: what it is, how far its import is, and its rows in sealed pieces."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from gonghui.core.jobs.models import Job
from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Stage(models.TextChoices):
    """How far an import is; the work of machines, not a life cycle people decide about."""

    READING = "reading", "正在读取"
    ASKING = "asking", "等您指定各列"
    PREVIEWED = "previewed", "等您核对"
    COMMITTING = "committing", "正在写入"
    COMMITTED = "committed", "已写入"
    UNDOING = "undoing", "正在撤销"
    UNDONE = "undone", "已撤销"
    FAILED = "failed", "没有读成"
    DROPPED = "dropped", "已放弃"


class Rule(models.TextChoices):
    """What happens to a record that is there already and differs."""

    SKIP = "skip", "只新增，已有的不动"
    FILL = "fill", "只补空白项"
    OVERWRITE = "overwrite", "用表里的内容更新"


class Verdict(models.TextChoices):
    """What a row means for what is on record."""

    NEW = "n", "新增"
    CHANGED = "c", "有变化"
    SAME = "s", "没有变化"
    DOUBTFUL = "d", "要您判断"
    WRONG = "w", "有错"


# What became of a row, one letter each.
OUTCOMES = {
    "c": "新增",
    "u": "更新",
    "k": "未改动",
    "l": "没有写入",
    "w": "没有采用",
    "x": "已撤销",
    "t": "保留",
}


class Batch(OrgRecord):
    """One list handed in for a body, from the file to its rows on record, and back again."""

    kind = models.CharField("名单", max_length=40)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="batches", verbose_name="经办人"
    )
    # The record the list is for, where its kind wants one: an activity people are signed up for.
    about = models.PositiveBigIntegerField("为了", null=True, editable=False)
    name = models.CharField("文件", max_length=200)
    file = models.FileField("原件", upload_to="batches/%Y/%m", max_length=200, editable=False)
    file_kind = models.CharField(max_length=10, editable=False)
    size = models.PositiveIntegerField("大小", editable=False)
    stage = models.CharField(
        "进度", max_length=10, choices=Stage.choices, default=Stage.READING, editable=False
    )
    sheets = models.JSONField("工作表", default=list, editable=False)
    head = models.JSONField("表头", default=dict, editable=False)
    told = models.JSONField("读取说明", default=dict, editable=False)
    match_key = models.CharField("按什么认人", max_length=20)
    rule = models.CharField("已有的怎么办", max_length=10, choices=Rule.choices, default=Rule.FILL)
    counts = models.JSONField("预览", default=dict, editable=False)
    outcome = models.JSONField("结果", default=dict, editable=False)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections",
        verbose_name="更正",
    )  # fmt: skip
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField("上传时间", auto_now_add=True)
    committed_at = models.DateTimeField("写入时间", null=True, editable=False)
    undone_at = models.DateTimeField("撤销时间", null=True, editable=False)

    class Meta:
        verbose_name = "导入"
        verbose_name_plural = "导入"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "org", "-id"], name="batch_of_kind")]

    def __str__(self) -> str:
        return f"第 {self.pk} 批 {self.name}"

    @property
    def is_at_work(self) -> bool:
        return self.stage in {Stage.READING, Stage.COMMITTING, Stage.UNDOING}


class Chunk(models.Model):
    """Some hundred rows of a batch; what stands in them is sealed, what was found is letters.

    A million rows are two thousand chunks: counting and paging read letters and open little.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    verdicts = models.TextField()  # one letter a row
    rows = models.BinaryField()
    findings = models.BinaryField()
    decisions = models.JSONField(default=dict)  # place in the chunk → what a person decided
    outcomes = models.TextField(blank=True)  # one letter a row, once written
    written = models.BinaryField(null=True)
    is_taken_back = models.BooleanField(default=False)

    class Meta:
        verbose_name = "导入的行"
        verbose_name_plural = "导入的行"
        ordering = ["batch_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="chunk_numbered_once"),
            models.CheckConstraint(
                name="chunk_lines_in_order",
                condition=Q(last_line__gte=models.F("first_line")),
                violation_error_message="行号的先后不对。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"

    @property
    def seen_with(self) -> Any:
        return self.batch
