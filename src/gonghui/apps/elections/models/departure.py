"""A chair or vice-chair who leaves office before the term ends, with the consents the law asks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import CHAIR, Post

LEADERS = (CHAIR, "副主席")  # the posts of which the law speaks (工会法 §18)


class Leaving(models.TextChoices):
    """Why somebody leaves office early (工会法 §18)."""

    REMOVAL = "removal", "罢免"
    TRANSFER = "transfer", "任期内调动"
    RESIGNATION = "resignation", "辞职"


class DepartureState(models.TextChoices):
    PROPOSED = "proposed", "已提出"
    DECIDED = "decided", "本级已表决"
    SUBMITTED = "submitted", "待上级同意"
    DONE = "done", "已离任"
    REFUSED = "refused", "未通过"


DEPARTURE_TONES = {
    DepartureState.PROPOSED: "doing",
    DepartureState.DECIDED: "doing",
    DepartureState.SUBMITTED: "wait",
    DepartureState.DONE: "done",
    DepartureState.REFUSED: "plain",
}


class Departure(OrgRecord):
    """A chair's or vice-chair's leaving before the term ends (ORG-10, ORG-11, R-029)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="departures", verbose_name="职务")
    way = models.CharField("方式", max_length=12, choices=Leaving.choices)
    reason = models.CharField("原因", max_length=300)
    proposed_on = models.DateField("提出日期")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=DepartureState.choices,
        default=DepartureState.PROPOSED,
        editable=False,
    )
    decided_on = models.DateField("表决日期", null=True, editable=False)
    eligible = models.PositiveIntegerField("全体人数", null=True, editable=False)
    yes = models.PositiveIntegerField("赞成票", null=True, editable=False)
    meeting = models.CharField("表决会议", max_length=100, blank=True, editable=False)
    submitted_on = models.DateField("报上级日期", null=True, editable=False)
    approved_on = models.DateField("上级同意日期", null=True, editable=False)
    approval = models.CharField("上级文号", max_length=60, blank=True, editable=False)
    left_on = models.DateField("离任日期", null=True, editable=False)

    class Meta:
        verbose_name = "主席离任"
        verbose_name_plural = "主席离任"
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="departure_yes_within",
                condition=Q(yes=None) | Q(yes__lte=F("eligible")),
                violation_error_message="赞成票不能多于全体人数。",
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=~Q(state__in=("done", "refused")),
                name="departure_once_at_a_time",
                violation_error_message="这个职务的离任正在办理。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post.person} {self.get_way_display()}"

    @property
    def state_tone(self) -> str:
        return DEPARTURE_TONES[DepartureState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state not in (DepartureState.DONE, DepartureState.REFUSED)
