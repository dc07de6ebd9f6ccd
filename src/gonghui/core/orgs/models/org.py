"""A body and its place in the tree; what happens to one lives in ``apps.organisation``."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from gonghui.kit.fields import PathField

STEP = 5  # characters a level takes in a path


class Kind(models.TextChoices):
    """What a body is (R-001…R-004, R-014…R-016, R-020, R-021)."""

    FEDERATION = "federation", "地方总工会"
    INDUSTRY = "industry", "产业工会"
    WORKING_COMMITTEE = "working_committee", "工会工作委员会"
    JOINT = "joint", "工会联合会"
    GRASSROOTS = "grassroots", "基层工会"
    BRANCH = "branch", "工会分会"
    WORKSHOP = "workshop", "车间工会"
    TEAM = "team", "班组"
    YEAR_GROUP = "year_group", "年级组"
    SECTION = "section", "科室（教研组）"
    ASSOCIATION = "association", "协会"
    FRIENDSHIP = "friendship", "联谊会"
    COMMITTEE = "committee", "委员会"
    LEADING_GROUP = "leading_group", "领导小组"


UPPER = frozenset({Kind.FEDERATION, Kind.INDUSTRY, Kind.WORKING_COMMITTEE, Kind.JOINT})
UNIT = frozenset({Kind.GRASSROOTS})
WITHIN = frozenset({Kind.BRANCH, Kind.WORKSHOP})
SMALL = frozenset({Kind.TEAM, Kind.YEAR_GROUP, Kind.SECTION})
BODIES = frozenset({Kind.ASSOCIATION, Kind.FRIENDSHIP, Kind.COMMITTEE, Kind.LEADING_GROUP})

# Which kinds may stand directly below which (R-001, R-002, R-014… ).
BELOW: dict[str, frozenset[str]] = {
    Kind.FEDERATION: UPPER | UNIT | BODIES,
    Kind.INDUSTRY: UPPER - {Kind.FEDERATION} | UNIT | BODIES,
    Kind.WORKING_COMMITTEE: frozenset({Kind.INDUSTRY, Kind.JOINT}) | UNIT | BODIES,
    Kind.JOINT: frozenset({Kind.JOINT}) | UNIT | BODIES,
    Kind.GRASSROOTS: UNIT | WITHIN | SMALL | BODIES,
    Kind.BRANCH: WITHIN | SMALL | BODIES,
    Kind.WORKSHOP: WITHIN | SMALL | BODIES,
    Kind.TEAM: frozenset(),
    Kind.YEAR_GROUP: frozenset({Kind.SECTION, Kind.TEAM}),
    Kind.SECTION: frozenset({Kind.TEAM}),
    Kind.ASSOCIATION: frozenset(),
    Kind.FRIENDSHIP: frozenset(),
    Kind.COMMITTEE: frozenset({Kind.LEADING_GROUP, Kind.COMMITTEE}),
    Kind.LEADING_GROUP: frozenset(),
}


class Function(models.TextChoices):
    """What a committee or group is for (R-014, R-015, R-049…R-051, R-066, R-305).

    A congress is a body as well: its seats are those of the delegates (DEL-04, domain §3.3).
    """

    UNION = "union", "工会委员会"
    STANDING = "standing", "常务委员会"
    AUDIT = "audit", "经费审查委员会"
    WOMEN = "women", "女职工委员会"
    CONGRESS = "congress", "会员代表大会"
    WORKERS_CONGRESS = "workers_congress", "职工代表大会"
    OPENNESS = "openness", "企务公开民主管理工作委员会"
    SAFETY = "safety", "生产劳保监督工作委员会"
    CULTURE = "culture", "宣教文体工作委员会"
    LIVELIHOOD = "livelihood", "生活保障工作委员会"
    MEDIATION = "mediation", "劳动争议调解委员会"
    PROTECTION = "protection", "劳动保护监督检查委员会"
    LAW = "law", "劳动法律监督委员会"
    LEADING = "leading", "活动领导小组"
    OFFICE = "office", "办公室"
    REVIEW = "review", "评审组"
    OTHER = "other", "其他"


# A congress is a committee by its kind; its delegates hold no office.
CONGRESSES = (Function.CONGRESS, Function.WORKERS_CONGRESS)


class OrgQuerySet(models.QuerySet["Org"]):
    def below(self, org: Org) -> OrgQuerySet:
        """The body and all that stands below it: a range of paths, never a LIKE."""
        return self.filter(subtree(org.path))

    def active(self, day: date) -> OrgQuerySet:
        """Bodies that exist on a day."""
        begun = Q(since=None) | Q(since__lte=day)
        return self.filter(begun, Q(until=None) | Q(until__gte=day))

    def unions(self) -> OrgQuerySet:
        """Bodies with a plan and members of their own; committees and groups are not."""
        return self.filter(kind__in=UPPER | UNIT | WITHIN)


class Org(models.Model):
    """Any body: a union, a branch, a team, a committee, a leading group, an association.

    ``parent`` is the truth; ``path`` is derived and written only by ``tree.py``.
    """

    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类型", max_length=20, choices=Kind.choices)
    function = models.CharField("职能", max_length=20, choices=Function.choices, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    second_parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="second_children",
        verbose_name="第二上级",
        help_text="地方与产业双重领导时，填另一个上级。",
    )
    path = PathField(max_length=200, editable=False, unique=True)
    pinyin = models.CharField("拼音", max_length=400, blank=True, editable=False)
    initials = models.CharField("拼音首字母", max_length=100, blank=True, editable=False)
    since = models.DateField("成立日期", null=True, blank=True)
    until = models.DateField("终止日期", null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbed",
        verbose_name="并入",
    )

    objects = OrgQuerySet.as_manager()

    class Meta:
        verbose_name = "组织"
        verbose_name_plural = "组织"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                name="org_not_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message="一个组织不能是自己的上级。",
            ),
            models.CheckConstraint(
                name="org_two_different_parents",
                condition=Q(second_parent=None) | Q(parent=None) | ~Q(second_parent=F("parent")),
                violation_error_message="第二上级不能与上级相同。",
            ),
            models.CheckConstraint(
                name="org_until_after_since",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                violation_error_message="终止日期不能早于成立日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.path) // STEP - 1

    @property
    def is_union(self) -> bool:
        return self.kind in UPPER | UNIT | WITHIN

    def is_within(self, other: Org) -> bool:
        """Whether this body is the other one or stands below it."""
        return self.path.startswith(other.path)

    def ancestor_paths(self) -> list[str]:
        """Paths of all bodies above and its own, from the root down."""
        return [self.path[:end] for end in range(STEP, len(self.path) + 1, STEP)]


class OrgRecord(models.Model):
    """A record owned by a body; it stays where it was made when people move."""

    org = models.ForeignKey(Org, models.PROTECT, verbose_name="所属组织")

    class Meta:
        abstract = True


def subtree(path: str, *, field: str = "") -> Q:
    """The condition that a path lies in the subtree of another; a range, served by the index."""
    name = f"{field}__path" if field else "path"
    bounds: dict[str, Any] = {f"{name}__gte": path, f"{name}__lt": path + "~"}
    return Q(**bounds)
