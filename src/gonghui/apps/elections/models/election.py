"""An election: what is to be elected, how, and the dates of its steps."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Function, OrgRecord

from .term import Term


class ElectionKind(models.TextChoices):
    TERM = "term", "换届选举"
    FIRST = "first", "成立选举"
    BY_ELECTION = "by_election", "届中补选"


class Meeting(models.TextChoices):
    """Which meeting elects (ORG-09)."""

    MEMBERS = "members", "会员大会"
    DELEGATES = "delegates", "会员代表大会"


class Mode(models.TextChoices):
    """How a choice between candidates is kept (ELE-03)."""

    DIRECT = "direct", "直接差额选举"
    PRIMARY = "primary", "差额预选后等额选举"


class ChairBy(models.TextChoices):
    """Who elects the chair (ELE-04)."""

    MEETING = "meeting", "大会直接选举"
    COMMITTEE = "committee", "委员会选举"


class ElectionState(models.TextChoices):
    """The stages of domain §2.4."""

    DRAFT = "draft", "拟定方案"
    AGREED = "agreed", "党组织已同意"
    SUBMITTED = "submitted", "待上级批复"
    PERMITTED = "permitted", "上级已同意"
    NOMINATED = "nominated", "候选人已审查"
    PUBLISHED = "published", "公示中"
    CONVENED = "convened", "大会选举"
    SETTLED = "settled", "选举结束"
    REPORTED = "reported", "结果待批复"
    CONFIRMED = "confirmed", "已批复就任"
    ARCHIVED = "archived", "已归档"
    CANCELLED = "cancelled", "已取消"


PLANNED = (ElectionState.DRAFT, ElectionState.AGREED, ElectionState.SUBMITTED)
NOMINATING = (*PLANNED, ElectionState.PERMITTED)
FINISHED = (ElectionState.CONFIRMED, ElectionState.ARCHIVED, ElectionState.CANCELLED)


ELECTION_TONES = {
    ElectionState.DRAFT: "plain",
    ElectionState.SUBMITTED: "wait",
    ElectionState.REPORTED: "wait",
    ElectionState.CONFIRMED: "done",
    ElectionState.ARCHIVED: "done",
    ElectionState.CANCELLED: "plain",
}


class Election(OrgRecord):
    """A union's election of its committees, from the plan to the papers on file (R-027…R-032)."""

    kind = models.CharField(
        "类型", max_length=12, choices=ElectionKind.choices, default=ElectionKind.TERM
    )
    number = models.PositiveSmallIntegerField("届次", help_text="选举产生第几届；补选填本届。")
    years = models.PositiveSmallIntegerField("任期（年）")
    meeting = models.CharField("会议形式", max_length=10, choices=Meeting.choices)
    mode = models.CharField("选举方式", max_length=10, choices=Mode.choices, default=Mode.DIRECT)
    chair_by = models.CharField(
        "主席产生", max_length=10, choices=ChairBy.choices, default=ChairBy.COMMITTEE
    )
    planned_on = models.DateField("拟召开日期", null=True, blank=True)
    standards = models.CharField(
        "用人条件",
        max_length=200,
        blank=True,
        help_text="选好配强领导班子的条件，例如：政治坚定、业务过硬、作风民主、职工群众信赖。",
    )
    state = models.CharField(
        "状态",
        max_length=10,
        choices=ElectionState.choices,
        default=ElectionState.DRAFT,
        editable=False,
    )
    notice_from = models.DateField("公示自", null=True, editable=False)
    notice_until = models.DateField("公示至", null=True, editable=False)
    held_on = models.DateField("大会日期", null=True, editable=False)
    should_attend = models.PositiveIntegerField("应到会", null=True, editable=False)
    present = models.PositiveIntegerField("实到会", null=True, editable=False)
    term = models.OneToOneField(
        Term, models.PROTECT, null=True, editable=False, related_name="election"
    )

    class Meta:
        verbose_name = "选举"
        verbose_name_plural = "选举"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="election_present_within",
                condition=Q(present=None) | Q(present__lte=F("should_attend")),
                violation_error_message="实到会人数不能大于应到会人数。",
            ),
            models.CheckConstraint(
                name="election_notice_in_order",
                condition=Q(notice_from=None) | Q(notice_until__gte=F("notice_from")),
                violation_error_message="公示的结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org}第{self.number}届{self.get_kind_display()}"

    @property
    def state_tone(self) -> str:
        return ELECTION_TONES.get(ElectionState(self.state), "doing")

    @property
    def is_full(self) -> bool:
        """Whether it seats whole committees; a by-election fills a vacancy."""
        return self.kind != ElectionKind.BY_ELECTION


class Office(models.TextChoices):
    """What somebody is elected to."""

    MEMBER = "member", "委员"
    STANDING = "standing", "常务委员"
    CHAIR = "chair", "主席"
    VICE = "vice", "副主席"
    AUDITOR = "auditor", "经费审查委员会委员"
    AUDIT_CHAIR = "audit_chair", "经费审查委员会主任"
    WOMEN = "women", "女职工委员会委员"
    WOMEN_CHAIR = "women_chair", "女职工委员会主任"


# The committee an office belongs to, and the title of the post it gives there.
SEATS: dict[str, tuple[Function, str]] = {
    Office.MEMBER: (Function.UNION, "委员"),
    Office.STANDING: (Function.STANDING, "常务委员"),
    Office.CHAIR: (Function.UNION, "主席"),
    Office.VICE: (Function.UNION, "副主席"),
    Office.AUDITOR: (Function.AUDIT, "委员"),
    Office.AUDIT_CHAIR: (Function.AUDIT, "主任"),
    Office.WOMEN: (Function.WOMEN, "委员"),
    Office.WOMEN_CHAIR: (Function.WOMEN, "主任"),
}
# Officers are elected from among these, and may be elected without a second candidate (ELE-04).
FROM_AMONG: dict[str, str] = {
    Office.STANDING: Office.MEMBER,
    Office.CHAIR: Office.MEMBER,
    Office.VICE: Office.MEMBER,
    Office.AUDIT_CHAIR: Office.AUDITOR,
    Office.WOMEN_CHAIR: Office.WOMEN,
}
OFFICERS = frozenset({Office.CHAIR, Office.VICE, Office.AUDIT_CHAIR, Office.WOMEN_CHAIR})


def usual_voters(election: Election, office: str) -> str:
    """Who votes on an office unless somebody says otherwise: its committee, or the meeting."""
    if office == Office.STANDING:
        return ChairBy.COMMITTEE
    return election.chair_by if office in OFFICERS else ChairBy.MEETING


class Race(models.Model):
    """One thing to be elected in an election: an office and how many seats it has."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="races")
    office = models.CharField("选举项目", max_length=12, choices=Office.choices)
    seats = models.PositiveSmallIntegerField("应选人数")
    voted_by = models.CharField(
        "由谁选举",
        max_length=10,
        choices=ChairBy.choices,
        default=ChairBy.MEETING,
        help_text="由委员会选举的，应到会是当选的全体委员。",
    )
    stood = models.PositiveSmallIntegerField(
        "预选候选人数", null=True, blank=True, help_text="先预选再等额选举时填写。"
    )
    again = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        editable=False,
        related_name="repeat",
        verbose_name="另行选举",
        help_text="上一轮当选不足或票数相等时的另行选举。",
    )
    waived = models.PositiveSmallIntegerField("减少的名额", default=0, editable=False)
    waiver = models.CharField("减少名额的依据", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = "选举项目"
        verbose_name_plural = "选举项目"
        ordering = ["election_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="race_has_seats",
                condition=Q(seats__gte=1),
                violation_error_message="应选人数至少为 1。",
            ),
            models.CheckConstraint(
                name="race_waives_within",
                condition=Q(waived__lte=F("seats")),
                violation_error_message="减少的名额不能大于应选人数。",
            ),
            models.UniqueConstraint(
                fields=["election", "office"],
                condition=Q(again=None),
                name="race_once_an_office",
                violation_error_message="这个选举项目已经列入。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}{'（另行选举）' if self.again_id else ''}"

    @property
    def by_committee(self) -> bool:
        """Whether the committee votes on it, of which its officers are (ELE-04)."""
        return self.voted_by == ChairBy.COMMITTEE and self.office in FROM_AMONG

    @property
    def is_of_officers(self) -> bool:
        return self.office in OFFICERS


class Step(models.Model):
    """A step of an election that was taken: on which day, by which paper or meeting."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="steps")
    name = models.CharField("步骤", max_length=20)
    on = models.DateField("日期")
    paper = models.CharField("文号或会议", max_length=60, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "选举步骤"
        verbose_name_plural = "选举步骤"
        ordering = ["election_id", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "name"], name="step_once_an_election"
            )  # a step taken again replaces the first; the history keeps both
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.on:%Y-%m-%d}"


def committee_kind(office: str) -> Function:
    """What committee an office belongs to."""
    return SEATS[office][0]


def seat_title(office: str) -> str:
    """The title of the post an office gives."""
    return SEATS[office][1]
