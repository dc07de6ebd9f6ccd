"""The dictionaries of a person's record, with the codes of the standards they come from."""

from __future__ import annotations

from django.db import models


class EmploymentStatus(models.TextChoices):
    """Whether a person is at work (domain §3.3)."""

    ON_DUTY = "on_duty", "在岗"
    STANDBY = "standby", "待岗"
    INTERNAL_RETIRED = "internal_retired", "内退"
    UNEMPLOYED = "unemployed", "失业"
    RETIRED = "retired", "退休"
    ARMY = "army", "服兵役"
    STUDYING = "studying", "脱产学习"


class Gig(models.TextChoices):
    """The kinds of new forms of employment (domain §3.3)."""

    TRUCKER = "trucker", "货车司机"
    RIDE = "ride", "网约车司机"
    COURIER = "courier", "快递员"
    FOOD = "food", "外卖配送员"
    NURSE = "nurse", "护工护理员"
    HOUSEHOLD = "household", "家政服务员"
    MALL = "mall", "商场信息员"
    ESTATE = "estate", "房产中介员"
    GUARD = "guard", "保安员"


class Politics(models.TextChoices):
    """GB/T 4762-1984."""

    P01 = "01", "中共党员"
    P02 = "02", "中共预备党员"
    P03 = "03", "共青团员"
    P04 = "04", "民革会员"
    P05 = "05", "民盟盟员"
    P06 = "06", "民建会员"
    P07 = "07", "民进会员"
    P08 = "08", "农工党党员"
    P09 = "09", "致公党党员"
    P10 = "10", "九三学社社员"
    P11 = "11", "台盟盟员"
    P12 = "12", "无党派人士"
    P13 = "13", "群众"


class Education(models.TextChoices):
    """GB/T 4658-2006."""

    E10 = "10", "研究生"
    E20 = "20", "大学本科"
    E30 = "30", "大学专科"
    E40 = "40", "中等职业教育"
    E60 = "60", "普通高中"
    E70 = "70", "初中"
    E80 = "80", "小学"
    E90 = "90", "其他"


class Degree(models.TextChoices):
    """GB/T 6864."""

    DOCTOR = "2", "博士"
    MASTER = "3", "硕士"
    BACHELOR = "4", "学士"


class Household(models.TextChoices):
    RURAL = "rural", "农业"
    URBAN = "urban", "非农业"
    RESIDENT = "resident", "居民户"


class Skill(models.TextChoices):
    """The eight levels of skilled workers (domain §3.3)."""

    APPRENTICE = "apprentice", "学徒工"
    FIVE = "5", "初级工（五级）"
    FOUR = "4", "中级工（四级）"
    THREE = "3", "高级工（三级）"
    TWO = "2", "技师（二级）"
    ONE = "1", "高级技师（一级）"
    SPECIAL = "special", "特级技师"
    CHIEF = "chief", "首席技师"


class TitleLevel(models.TextChoices):
    CLERK = "clerk", "员级"
    ASSISTANT = "assistant", "助理级"
    MIDDLE = "middle", "中级"
    VICE = "vice", "副高"
    FULL = "full", "正高"


class Marital(models.TextChoices):
    """GB/T 2261.2."""

    SINGLE = "10", "未婚"
    MARRIED = "20", "已婚"
    WIDOWED = "30", "丧偶"
    DIVORCED = "40", "离婚"
    UNSAID = "90", "未说明"


class Document(models.TextChoices):
    """By which document a person is known (domain §3.3)."""

    ID_CARD = "1", "居民身份证"
    PASSPORT = "2", "护照"
    HONG_KONG_MACAO = "3", "港澳居民来往内地通行证"
    TAIWAN = "4", "台湾居民来往大陆通行证"
    RESIDENCE = "5", "港澳台居民居住证"
    FOREIGNER = "6", "外国人永久居留身份证"
    OTHER = "9", "其他"


# GB/T 3304: the code is the place in this list; two further ones stand behind it.
_PEOPLES = [
    "汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白",
    "土家", "哈尼", "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡",
    "纳西", "景颇", "柯尔克孜", "土", "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬",
    "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安",
    "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺",
]  # fmt: skip
ETHNICITIES = [
    *((f"{code:02}", f"{name}族") for code, name in enumerate(_PEOPLES, 1)),
    ("97", "其他"),
    ("98", "外国血统"),
]


class Category(models.TextChoices):
    """Whom activities are for (R-022); the codes are those of activities' own categories."""

    CADRE = "cadre", "机关干部"
    FRONT_LINE = "front_line", "一线职工"
    TECHNICAL = "technical", "科技人员"
