"""What is on record of a person and rarely asked: a table of its own keeps lists of people fast."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models

from .person import Person
from .words import (
    ETHNICITIES,
    Degree,
    Education,
    Household,
    Politics,
    Skill,
    TitleLevel,
)

division_code = RegexValidator(r"^\d{6}$", "行政区划代码应为 6 位数字。")


class Particulars(models.Model):
    """The further facts of a person's record (domain §3.3); none of them is sensitive."""

    person = models.OneToOneField(
        Person, models.CASCADE, related_name="particulars", verbose_name="人员", editable=False
    )
    ethnicity = models.CharField("民族", max_length=2, choices=ETHNICITIES, blank=True)
    politics = models.CharField("政治面貌", max_length=2, choices=Politics.choices, blank=True)
    education = models.CharField("学历", max_length=2, choices=Education.choices, blank=True)
    degree = models.CharField("学位", max_length=1, choices=Degree.choices, blank=True)
    household = models.CharField("户籍类型", max_length=10, choices=Household.choices, blank=True)
    domicile = models.CharField("户籍地区划", max_length=6, blank=True, validators=[division_code])
    residence = models.CharField("现住地区划", max_length=6, blank=True, validators=[division_code])
    duty = models.CharField("职务", max_length=60, blank=True)
    skill = models.CharField("技术等级", max_length=10, choices=Skill.choices, blank=True)
    title_level = models.CharField("职称", max_length=10, choices=TitleLevel.choices, blank=True)
    card_no = models.CharField("会员证号", max_length=40, blank=True, db_index=True)

    class Meta:
        verbose_name = "人员详情"
        verbose_name_plural = "人员详情"
        ordering = ["person_id"]

    def __str__(self) -> str:
        return f"{self.person}的详情"
