"""A union's record: its codes, its employer, its legal person, and the headcounts it reports."""

from __future__ import annotations

from django.db import models

from .org import Org


class Economy(models.TextChoices):
    """Economic type of the employer, in the groups of GB/T 12402."""

    STATE = "state", "国有"
    COLLECTIVE = "collective", "集体"
    COMPANY = "company", "有限责任公司"
    SHARES = "shares", "股份有限公司"
    PRIVATE = "private", "私营"
    HMT = "hmt", "港澳台商投资"
    FOREIGN = "foreign", "外商投资"
    OTHER = "other", "其他"


class Unit(models.TextChoices):
    """What sort of unit the employer is (domain §3.4)."""

    ENTERPRISE = "enterprise", "企业"
    INSTITUTION = "institution", "事业单位"
    ORGAN = "organ", "机关"
    SOCIAL = "social", "社会组织"
    OTHER = "other", "其他"


INDUSTRIES = (  # GB/T 4754-2017, its twenty sections
    ("A", "农、林、牧、渔业"),
    ("B", "采矿业"),
    ("C", "制造业"),
    ("D", "电力、热力、燃气及水生产和供应业"),
    ("E", "建筑业"),
    ("F", "批发和零售业"),
    ("G", "交通运输、仓储和邮政业"),
    ("H", "住宿和餐饮业"),
    ("I", "信息传输、软件和信息技术服务业"),
    ("J", "金融业"),
    ("K", "房地产业"),
    ("L", "租赁和商务服务业"),
    ("M", "科学研究和技术服务业"),
    ("N", "水利、环境和公共设施管理业"),
    ("O", "居民服务、修理和其他服务业"),
    ("P", "教育"),
    ("Q", "卫生和社会工作"),
    ("R", "文化、体育和娱乐业"),
    ("S", "公共管理、社会保障和社会组织"),
    ("T", "国际组织"),
)


class UnionRecord(models.Model):
    """What a union files of itself with the union above (domain §1.3, §3.4)."""

    org = models.OneToOneField(
        Org, models.CASCADE, primary_key=True, related_name="record", verbose_name="工会"
    )
    code = models.CharField("工会统一社会信用代码", max_length=18, blank=True)
    employer = models.CharField("单位名称", max_length=100, blank=True)
    employer_code = models.CharField("单位统一社会信用代码", max_length=18, blank=True)
    unit = models.CharField("单位类型", max_length=20, choices=Unit.choices, blank=True)
    division = models.CharField("行政区划代码", max_length=6, blank=True)
    industry = models.CharField("国民经济行业", max_length=1, choices=INDUSTRIES, blank=True)
    economy = models.CharField("经济类型", max_length=20, choices=Economy.choices, blank=True)
    approval = models.CharField("建会批复文号", max_length=60, blank=True)
    approved_on = models.DateField("建会批复日期", null=True, blank=True)
    legal_person = models.BooleanField("取得法人资格", null=True, blank=True)
    certificate = models.CharField("法人资格证书号", max_length=40, blank=True)
    own_accounts = models.BooleanField("建立一级财务管理", null=True, blank=True)
    bank = models.CharField("开户银行", max_length=60, blank=True)
    account_name = models.CharField("账户名称", max_length=100, blank=True)
    account_number = models.CharField("银行账号", max_length=40, blank=True)
    address = models.CharField("地址", max_length=100, blank=True)
    leadership = models.CharField("党政工关系", max_length=200, blank=True)

    class Meta:
        verbose_name = "工会登记"
        verbose_name_plural = "工会登记"
        ordering = ["org_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(code=""),
                name="union_code_once",
                violation_error_message="这个统一社会信用代码已登记在另一个工会。",
            )
        ]

    def __str__(self) -> str:
        return str(self.org)


class Headcount(models.Model):
    """How many workers a unit says it has on a day; beside it the records count their own."""

    org = models.ForeignKey(Org, models.CASCADE, related_name="headcounts", verbose_name="工会")
    day = models.DateField("截至")
    workers = models.PositiveIntegerField("职工数")
    women = models.PositiveIntegerField("其中女职工", null=True, blank=True)
    migrant = models.PositiveIntegerField("其中农民工", null=True, blank=True)
    dispatched = models.PositiveIntegerField("其中劳务派遣", null=True, blank=True)
    hired = models.PositiveIntegerField("其中聘用人员", null=True, blank=True)

    class Meta:
        verbose_name = "职工人数"
        verbose_name_plural = "职工人数"
        ordering = ["org_id", "-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "day"],
                name="headcount_once_a_day",
                violation_error_message="这一天的人数已经填过，请改原来那一条。",
            ),
            *(
                models.CheckConstraint(
                    name=f"headcount_{part}_within",
                    condition=models.Q(**{part: None})
                    | models.Q(**{f"{part}__lte": models.F("workers")}),
                    violation_error_message="其中数不能大于职工数。",
                )
                for part in ("women", "migrant", "dispatched", "hired")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org} {self.day:%Y-%m-%d} {self.workers}"
