"""Exercises of a bank, tests drawn from them, and each paper as it was given to a person."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Answer(models.TextChoices):
    """How an exercise is answered."""

    SINGLE = "single", "单选题"
    MULTIPLE = "multiple", "多选题"
    JUDGE = "judge", "判断题"
    BLANK = "blank", "填空题"


class Exercise(OrgRecord):
    """One question of a body's bank, with what is right; units below may draw it too.

    ``key`` holds places in ``options`` (of 判断题: 0 right, 1 wrong), or the words a blank takes.
    """

    topic = models.CharField("主题", max_length=40)
    answer = models.CharField("题型", max_length=10, choices=Answer.choices)
    stem = models.TextField("题目", max_length=1000)
    options = models.JSONField("选项", default=list, blank=True)
    key = models.JSONField("答案", default=list)
    explanation = models.TextField("解析", max_length=1000, blank=True)
    is_current = models.BooleanField("还在用", default=True)

    class Meta:
        verbose_name = "题目"
        verbose_name_plural = "题库"
        ordering = ["topic", "answer", "pk"]
        indexes = [models.Index(fields=["org", "topic", "answer"], name="exercise_of_topic")]

    def __str__(self) -> str:
        return self.stem[:60]


class Use(models.TextChoices):
    """What a test is for."""

    PRACTICE = "practice", "练习"
    TEST = "test", "测验"
    CONTEST = "contest", "知识竞赛"


class Partial(models.TextChoices):
    """What a several-choice question gives when not all of it is found."""

    WHOLE = "whole", "全部选对才得分"
    SHARE = "share", "选对一部分得一部分，选错一个不得分"


class Reveals(models.TextChoices):
    """When a person sees what would have been right."""

    NEVER = "never", "不公布"
    HANDED_IN = "handed_in", "交卷后"
    CLOSED = "closed", "测验结束后"


class Combine(models.TextChoices):
    """How the best results of a squad's members make its own."""

    SUM = "sum", "相加"
    MEAN = "mean", "平均"


class QuizState(models.TextChoices):
    """How far a test is."""

    DRAFT = "draft", "拟订"
    OPEN = "open", "开放"
    CLOSED = "closed", "已结束"


class Quiz(OrgRecord):
    """A test: how many questions of what, how long, how often, what passes.

    Everybody of the body and below may take it; the last test of a class only its learners, a
    contest only who is in a squad.
    """

    title = models.CharField("名称", max_length=100)
    use = models.CharField("用途", max_length=10, choices=Use.choices, default=Use.TEST)
    words = models.TextField("说明", max_length=1000, blank=True)
    minutes = models.PositiveSmallIntegerField(
        "限时（分钟）", null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )  # fmt: skip
    tries = models.PositiveSmallIntegerField(
        "最多几次", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    pass_points = models.PositiveSmallIntegerField("及格分", null=True, blank=True)
    partial = models.CharField(
        "多选题计分", max_length=10, choices=Partial.choices, default=Partial.WHOLE
    )
    reveals = models.CharField(
        "公布答案", max_length=10, choices=Reveals.choices, default=Reveals.CLOSED
    )
    opens_at = models.DateTimeField("开始", null=True, blank=True)
    closes_at = models.DateTimeField("截止", null=True, blank=True)
    counted = models.PositiveSmallIntegerField(
        "每队取几人", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    combine = models.CharField(
        "队成绩", max_length=10, choices=Combine.choices, default=Combine.MEAN
    )
    state = models.CharField(
        "状态", max_length=20, choices=QuizState.choices, default=QuizState.DRAFT, editable=False
    )

    class Meta:
        verbose_name = "测验"
        verbose_name_plural = "测验"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="quiz_closes_after_opening",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                violation_error_message="截止要晚于开始。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_tone(self) -> str:
        """The colour of its badge."""
        return {"open": "doing", "closed": "done"}.get(self.state, "plain")


class QuizPart(models.Model):
    """So many questions of a topic and a sort in a test, and what each is worth."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="parts", verbose_name="测验")
    topic = models.CharField("主题", max_length=40, blank=True)
    answer = models.CharField("题型", max_length=10, choices=Answer.choices)
    count = models.PositiveSmallIntegerField("题数", validators=[MinValueValidator(1)])
    points = models.PositiveSmallIntegerField("每题几分", validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = "出题要求"
        verbose_name_plural = "出题要求"
        ordering = ["quiz_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "topic", "answer"],
                name="quiz_part_once",
                violation_error_message="同一主题的同一题型写成一行。",
            ),
            models.CheckConstraint(
                name="quiz_part_is_something",
                condition=Q(count__gt=0, points__gt=0),
                violation_error_message="题数和分值都要大于零。",
            ),
        ]

    def __str__(self) -> str:
        of = f"{self.topic} " if self.topic else ""
        return f"{of}{self.get_answer_display()} {self.count} 题，每题 {self.points} 分"


class Squad(models.Model):
    """A team in a contest of knowledge, such as a year group (R-207)."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="squads", verbose_name="竞赛")
    name = models.CharField("队名", max_length=60)
    members = models.ManyToManyField(Person, related_name="squads", verbose_name="队员")

    class Meta:
        verbose_name = "参赛队"
        verbose_name_plural = "参赛队"
        ordering = ["quiz_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "name"],
                name="squad_named_once",
                violation_error_message="已经有叫这个名字的队。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Attempt(models.Model):
    """One time somebody takes a test; the paper is kept as it was given.

    ``seed`` drew it. ``ends_at`` is settled when it begins and moves no more.
    """

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts", verbose_name="测验")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attempts", verbose_name="人员")
    number = models.PositiveSmallIntegerField("第几次")
    seed = models.PositiveBigIntegerField(editable=False)
    partial = models.CharField(max_length=10, choices=Partial.choices, editable=False)
    total = models.PositiveIntegerField("满分")
    pass_points = models.PositiveSmallIntegerField("及格分", null=True)
    started_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("到时", null=True)
    handed_in_at = models.DateTimeField("交卷", null=True)
    score = models.PositiveIntegerField("得分", null=True)

    class Meta:
        verbose_name = "答卷"
        verbose_name_plural = "答卷"
        ordering = ["quiz_id", "person_id", "number"]
        indexes = [
            models.Index(
                fields=["ends_at"], condition=Q(handed_in_at=None), name="attempt_running"
            ),
            models.Index(fields=["person", "quiz"], name="attempt_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "person", "number"],
                name="attempt_numbered_once",
                violation_error_message="这一次已经开始了。",
            ),
            models.UniqueConstraint(
                fields=["quiz", "person"],
                condition=Q(handed_in_at=None),
                name="attempt_one_at_a_time",
                violation_error_message="上一次还没有交卷。",
            ),
            models.CheckConstraint(
                name="attempt_scored_when_handed_in",
                condition=Q(handed_in_at=None, score=None)
                | Q(handed_in_at__isnull=False, score__isnull=False),
                violation_error_message="交了卷才有得分。",
            ),
            models.CheckConstraint(
                name="attempt_score_within_total",
                condition=Q(score=None) | Q(score__lte=F("total")),
                violation_error_message="得分不能超过满分。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.quiz} 第 {self.number} 次"

    @property
    def passed(self) -> bool | None:
        """Nothing while it runs, or where the test says no pass mark."""
        if self.score is None or self.pass_points is None:
            return None
        return self.score >= self.pass_points


class Reply(models.Model):
    """One question of an attempt as it was shown, and what was answered.

    ``key`` counts in the order shown. ``saved_no`` is the number the page gave its last save: a
    later number wins, in whatever order saves arrive.
    """

    attempt = models.ForeignKey(
        Attempt, models.CASCADE, related_name="replies", verbose_name="答卷"
    )
    place = models.PositiveSmallIntegerField("题号")
    exercise = models.ForeignKey(
        Exercise, models.PROTECT, related_name="replies", verbose_name="题目"
    )
    answer = models.CharField("题型", max_length=10, choices=Answer.choices)
    stem = models.TextField("题目")
    options = models.JSONField("选项", default=list)
    key = models.JSONField("答案", default=list)
    points = models.PositiveSmallIntegerField("分值")
    said = models.JSONField("所答", default=list)
    saved_no = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField("保存时间", null=True)
    gained = models.PositiveSmallIntegerField("得分", null=True)

    class Meta:
        verbose_name = "答题"
        verbose_name_plural = "答题"
        ordering = ["attempt_id", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "place"],
                name="reply_placed_once",
                violation_error_message="这一题已经在卷上。",
            ),
            models.CheckConstraint(
                name="reply_gains_within_points",
                condition=Q(gained=None) | Q(gained__lte=F("points")),
                violation_error_message="得分不能超过分值。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.stem[:60]}"
