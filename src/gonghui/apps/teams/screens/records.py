"""The lists and pages of what teams keep: registers, stages, instructors, topics, praise."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from gonghui.core.flow import events
from gonghui.core.people.models import Person
from gonghui.core.screens.panels import WORDS, Attachments, Custom, Facts, Text, plug
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import posted, small_form, writes

from ..actions.praise import settle_incentive
from ..actions.rollout import check_stage, enlist, leave
from ..filters import (
    EnlistmentFilters,
    EvidenceFilters,
    IncentiveFilters,
    InstructorFilters,
    TopicFilters,
)
from ..flow import TOPIC_LIFE
from ..forms.records import (
    EnlistmentForm,
    EvidenceForm,
    IncentiveForm,
    InstructorForm,
    StageForm,
    TopicForm,
)
from ..forms.steps import LeaveForm
from ..models import Enlistment, Evidence, Incentive, Instructor, Stage, Topic
from ..queries.board import taught_by
from ..rules import (
    ENLISTMENT_RULES,
    EVIDENCE_RULES,
    INCENTIVE_RULES,
    INSTRUCTOR_RULES,
    STAGE_RULES,
    TOPIC_RULES,
)
from ..tables import (
    EnlistmentTable,
    EvidenceTable,
    IncentiveTable,
    InstructorTable,
    StageTable,
    TopicTable,
)

WORDS |= {"after": "改善后", "result": "成果", "words": "内容"}


class TeamScreens(Screens):
    """What all of these have in common: a body, and who keeps it."""

    create_capability = "learning.write"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}


class EnlistmentScreens(TeamScreens):
    """The register of teams and units that take part."""

    model = Enlistment
    lead = "哪些班组、单位参加创建，从哪天到哪天；各阶段的比例从这里算。"
    table = EnlistmentTable
    filterset = EnlistmentFilters
    form = EnlistmentForm
    rules = ENLISTMENT_RULES
    panels = (Facts("org", "since", "until", "note"),)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        if obj.until or not self.rules["edit"].allows(self.actor, obj):
            return []
        return [("登记退出", reverse("teams:enlistment-leave", args=[obj.pk]))]

    def save(self, form: Any, verb: str, before: dict[str, Any]) -> models.Model:
        """A new one is one action, which leaves its own entry."""
        self.acts = verb == "create"  # type: ignore[misc]  # of this screen alone
        return super().save(form, verb, before)

    def write(self, form: Any) -> models.Model:
        return (
            super().write(form) if form.instance.pk else enlist(**form.cleaned_data, by=self.actor)
        )


@writes
def quit_register(request: HttpRequest, pk: int) -> HttpResponse:
    """A team takes part no more, from a day, for a reason."""
    asker: Any = request
    kept = EnlistmentScreens(request).fetch(pk, "edit")
    form = LeaveForm(posted(request)[0])

    def act() -> None:
        leave(kept, by=asker.actor, **form.cleaned_data)

    back = EnlistmentScreens.url("detail", kept)
    return small_form(request, form, act, back=back, title="登记退出", of=kept)


class StageScreens(TeamScreens):
    """The stages of the roll-out."""

    model = Stage
    lead = "创建分几个阶段推进，每个阶段从哪年到哪年、参加的班组要达到多少。"
    table = StageTable
    form = StageForm
    rules = STAGE_RULES
    panels = (Facts("name", "org", "first_year", "last_year", "test"), Text("words"))

    def saved(self, obj: Any) -> None:
        check_stage(obj)


def _taught(instructor: Instructor, request: Any) -> dict[str, Any]:
    return {"rows": taught_by(instructor), "is_known": instructor.person_id is not None}


class InstructorScreens(TeamScreens):
    """Who teaches in teams."""

    model = Instructor
    lead = "上级主管、专业部门和班组里学有所长的职工，谁来讲、讲什么。"
    table = InstructorTable
    filterset = InstructorFilters
    form = InstructorForm
    rules = INSTRUCTOR_RULES
    panels = (
        Facts("org", "source", "field", "since", "until"),
        Custom("讲过的课", "teams/panel_taught.html", _taught),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("person")


class TopicScreens(TeamScreens):
    """Improvements of topic groups."""

    model = Topic
    lead = "课题小组在管理、质量、成本、工效方面的改善：问题、做法，改善前后各是多少。"
    table = TopicTable
    filterset = TopicFilters
    form = TopicForm
    rules = TOPIC_RULES
    flow = TOPIC_LIFE
    panels = (
        Facts("org", "field", "group", "leader", "since", "due_on"),
        Custom("组员和变化", "teams/panel_topic.html", lambda topic, request: {
            "topic": topic, "members": list(topic.members.select_related("org")),
        }),
        Text("words"),
        Text("result"),
        Facts("released_on", "praise", "praised_on", title="发布与表彰"),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("leader")


class EvidenceScreens(TeamScreens):
    """The four mechanisms and what proves them."""

    model = Evidence
    lead = "团队学习、交流沟通、成果共享、创新变革四个机制，每一个怎样做、有什么事例。"
    table = EvidenceTable
    filterset = EvidenceFilters
    form = EvidenceForm
    rules = EVIDENCE_RULES
    panels = (Facts("org", "mechanism", "on"), Text("words"), Attachments())


class IncentiveScreens(TeamScreens):
    """What members were rewarded for."""

    model = Incentive
    lead = "学习、改善创新、担任教员、绝技绝活四个方面，奖了谁、给了什么机会。"
    table = IncentiveTable
    filterset = IncentiveFilters
    form = IncentiveForm
    rules = INCENTIVE_RULES
    panels = (
        Facts("person", "org", "ground", "reward", "what", "given_by", "on"),
        Text("reason"),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("person")

    def saved(self, obj: Any) -> None:
        settle_incentive(obj, by=self.actor)
        if self.request.resolver_match.url_name == "incentive-create":  # type: ignore[union-attr]  # inside a request
            events.emit(obj, "give", by=self.actor)


def _praised(person: Person, request: Any) -> dict[str, Any]:
    """Of a person: rewards and topics, as far as the reader sees them."""
    incentives = INCENTIVE_RULES["view"].narrow(
        Incentive.objects.filter(person=person), request.actor
    )
    led = Topic.objects.filter(models.Q(leader=person) | models.Q(members=person)).distinct()
    topics = TOPIC_RULES["view"].narrow(led, request.actor)
    return {"incentives": list(incentives[:10]), "topics": list(topics[:10])}


plug("people.person", Custom("课题与激励", "teams/panel_person.html", _praised, part="learning"))

urlpatterns: list[URLPattern] = [
    *EnlistmentScreens.urls(),
    path("enlistment/<int:pk>/leave/", quit_register, name="enlistment-leave"),
    *StageScreens.urls(),
    *InstructorScreens.urls(),
    *TopicScreens.urls(),
    *EvidenceScreens.urls(),
    *IncentiveScreens.urls(),
]
