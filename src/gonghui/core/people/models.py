"""People, the posts they hold and the accounts they log in with; questions only, no use-cases."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org


class Employment(models.TextChoices):
    """How a person is employed (R-010)."""

    PERMANENT = "permanent", "在编"
    CONTRACT = "contract", "合同制"
    HIRED = "hired", "聘用"
    DISPATCHED = "dispatched", "劳务派遣"
    AGENCY = "agency", "代理合同工"
    OTHER = "other", "其他"


class Sex(models.TextChoices):
    FEMALE = "female", "女"
    MALE = "male", "男"


mobile_number = RegexValidator(r"^1[3-9]\d{9}$", "手机号应为 11 位数字。")


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> PersonQuerySet:
        return self.filter(left_on=None)


class Person(models.Model):
    """A person, known once; ``org`` is the body they belong to now, their union or team."""

    name = models.CharField("姓名", max_length=50)
    pinyin = models.CharField("姓名拼音", max_length=200, blank=True)
    initials = models.CharField("拼音首字母", max_length=50, blank=True, editable=False)
    sex = models.CharField("性别", max_length=10, choices=Sex.choices, blank=True)
    org = models.ForeignKey(Org, models.PROTECT, related_name="people", verbose_name="所在组织")
    employment = models.CharField("用工形式", max_length=20, choices=Employment.choices, blank=True)
    joined_on = models.DateField("加入日期", null=True, blank=True)
    left_on = models.DateField("离开日期", null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["org_id", "pinyin", "pk"]
        indexes = [
            models.Index(fields=["org", "pinyin", "id"], name="person_of_org"),
            models.Index(fields=["pinyin", "id"], name="person_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_left_after_joined",
                condition=Q(left_on=None) | Q(joined_on=None) | Q(left_on__gte=F("joined_on")),
                violation_error_message="离开日期不能早于加入日期。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, day: date) -> PostQuerySet:
        """Posts held on a day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class Post(models.Model):
    """A person's post in a body, from when to when (R-013, R-014, R-460…R-466)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name="人员")
    org = models.ForeignKey(Org, models.PROTECT, related_name="posts", verbose_name="组织")
    title = models.CharField("职务", max_length=40)
    since = models.DateField("任职日期")
    until = models.DateField("离任日期", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ["org_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="post_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="离任日期不能早于任职日期。",
            ),
            models.UniqueConstraint(
                fields=["person", "org", "title"],
                condition=Q(until=None),
                name="post_held_once",
                violation_error_message="此人已在任这个职务。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org} {self.title} {self.person}"


class Account(AbstractUser):
    """What a person logs in with: a user name or a mobile number, and a password."""

    first_name = None  # type: ignore[assignment]  # the name is the person's
    last_name = None  # type: ignore[assignment]  # likewise
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="account", verbose_name="人员"
    )
    mobile = models.CharField(
        "手机号", max_length=11, null=True, blank=True, unique=True, validators=[mobile_number]
    )

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.person.name if self.person else self.username
