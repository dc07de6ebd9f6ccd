"""A person, known once, and how they are employed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org

from .words import Category, EmploymentStatus, Gig


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


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> PersonQuerySet:
        return self.filter(left_on=None, merged_into=None)


class Person(models.Model):
    """A person, known once; ``org`` is the body they belong to now, their union or team."""

    name = models.CharField("姓名", max_length=50)
    pinyin = models.CharField("姓名拼音", max_length=200, blank=True)
    initials = models.CharField("拼音首字母", max_length=50, blank=True, editable=False)
    sex = models.CharField("性别", max_length=10, choices=Sex.choices, blank=True)
    org = models.ForeignKey(
        Org, models.PROTECT, db_index=False, related_name="people", verbose_name="所在组织"
    )
    employment = models.CharField("用工形式", max_length=20, choices=Employment.choices, blank=True)
    # The database knows the default, so that whoever loads people in bulk need not.
    category = models.CharField(
        "职工类别", max_length=20, choices=Category.choices, blank=True, default="", db_default=""
    )
    joined_on = models.DateField("加入日期", null=True, blank=True)
    left_on = models.DateField("离开日期", null=True, blank=True)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    # All that is kept of the birth date once the person is anonymised.
    birth_year = models.PositiveSmallIntegerField("出生年", null=True, editable=False)
    work_status = models.CharField(
        "就业状况", max_length=20, choices=EmploymentStatus.choices, blank=True
    )
    gig = models.CharField("新就业形态", max_length=10, choices=Gig.choices, blank=True)
    is_migrant = models.BooleanField("农民工", null=True, blank=True)
    employer = models.CharField("单位", max_length=100, blank=True)
    department = models.CharField("部门", max_length=60, blank=True)
    position = models.CharField("岗位", max_length=60, blank=True)
    former_unit = models.CharField("原单位", max_length=100, blank=True)
    anonymised_at = models.DateTimeField("注销时间", null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="duplicates",
        verbose_name="并入",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["org_id", "pinyin", "pk"]
        indexes = [
            models.Index(fields=["org", "pinyin", "id"], name="person_of_org"),
            models.Index(fields=["pinyin", "id"], name="person_by_name"),
            models.Index(fields=["birth_date", "name"], name="person_by_birth"),
            # Nearly nobody is merged: of a whole index SQLite believes that NULL is rare, and reads
            # everybody through it wherever those who count are asked for.
            models.Index(
                fields=["merged_into"],
                name="person_merged",
                condition=Q(merged_into__isnull=False),
            ),
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
