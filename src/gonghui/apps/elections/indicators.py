"""What is counted of terms, elections, departures and what new chairs are given."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare, sexes
from gonghui.kit.dates import Period

from .models import ChairDuty, Departure, Election, Term
from .models.election import ChairBy, ElectionKind, ElectionState
from .rules import CHAIRDUTY_RULES, DEPARTURE_RULES, ELECTION_RULES, TERM_RULES

AREA = "elections"

terms = Source(
    "elections.terms",
    rows=lambda: Term.objects.all(),
    rule=TERM_RULES["view"],
    since="since",
    until="ended_on",
    columns=("org", "number", "since", "due_on", "extended_to"),
)
due_terms = Source(
    "elections.due_terms",
    rows=lambda: Term.objects.all(),
    rule=TERM_RULES["view"],
    day="due_on",
    columns=("org", "number", "since", "due_on", "extended_to", "ended_on"),
)
extended_terms = Source(
    "elections.extended_terms",
    rows=lambda: Term.objects.exclude(extension_on=None),
    rule=TERM_RULES["view"],
    day="extension_on",
    columns=("org", "number", "due_on", "extended_to", "extension", "extension_reason"),
)
meetings = Source(
    "elections.meetings",
    rows=lambda: Election.objects.exclude(held_on=None).exclude(state=ElectionState.CANCELLED),
    rule=ELECTION_RULES["view"],
    day="held_on",
    columns=("org", "kind", "number", "held_on", "should_attend", "present", "state"),
    splits=(
        Split("kind", "类型", "kind"),
        Split("meeting", "会议形式", "meeting"),
        Split("mode", "选举方式", "mode"),
        Split("chair_by", "主席产生", "chair_by"),
    ),
)
departures = Source(
    "elections.departures",
    rows=lambda: Departure.objects.all(),
    rule=DEPARTURE_RULES["view"],
    day="proposed_on",
    person="post__person",
    columns=("post__person", "org", "way", "proposed_on", "state", "left_on"),
    splits=(Split("way", "方式", "way"), Split("state", "状态", "state"), sexes("post__person")),
)
duties = Source(
    "elections.duties",
    rows=lambda: ChairDuty.objects.all(),
    rule=CHAIRDUTY_RULES["view"],
    day="since",
    person="person",
    columns=("person", "org", "kind", "since", "done_on"),
    splits=(Split("kind", "事项", "kind"), sexes()),
)


def _overdue(period: Period) -> Q:
    """Whose next election was due before the last day, a permitted extension counted."""
    day = period.end
    return Q(extended_to=None, due_on__lt=day) | Q(extended_to__lt=day)


def _meetings(code: str, title: str, only: Q, about: str) -> Indicator:
    return Indicator(f"elections.{code}", title, "次", AREA, meetings, only=only, about=about)


def _share(code: str, title: str, over: str, under: str, about: str) -> Ratio:
    names = (f"elections.{over}", f"elections.{under}")
    return Ratio(f"elections.{code}", title, "%", AREA, *names, about=about)


declare(
    Indicator("elections.terms", "在届", "届", AREA, terms, about="期末还没有届满的届次。"),
    Indicator(
        "elections.overdue",
        "逾期未换届",
        "届",
        AREA,
        terms,
        during=_overdue,
        about="期末还没有换届、应换届日期（批准延期的按延期后的）已过的届次。",
    ),
    _share("overdue_share", "逾期未换届比例", "overdue", "terms", "逾期未换届的占在届的多少。"),
    Indicator(
        "elections.due", "应换届", "届", AREA, due_terms, about="原定应换届日期在期内的届次。"
    ),
    Indicator(
        "elections.extended",
        "批准延期",
        "届",
        AREA,
        extended_terms,
        about="延期批复日期在期内的届次。",
    ),
    _meetings("held", "选举大会", Q(), "大会日期在期内的选举，换届、成立、补选都算。"),
    _meetings("renewals", "换届选举", Q(kind=ElectionKind.TERM), "大会日期在期内的换届选举。"),
    _meetings(
        "by_elections", "届中补选", Q(kind=ElectionKind.BY_ELECTION), "大会日期在期内的届中补选。"
    ),
    _meetings(
        "direct",
        "大会直接选举主席",
        Q(chair_by=ChairBy.MEETING),
        "大会日期在期内、由大会直接选举主席的选举。",
    ),
    _share(
        "direct_share", "直接选举主席比例", "direct", "held", "大会直接选举主席的占选举大会的多少。"
    ),
    Indicator(
        "elections.should_attend",
        "大会应到",
        "人次",
        AREA,
        meetings,
        sum="should_attend",
        about="期内选举大会登记的应到会人数相加；没有登记的不算。",
    ),
    Indicator(
        "elections.present",
        "大会实到",
        "人次",
        AREA,
        meetings,
        sum="present",
        about="期内选举大会登记的实到会人数相加；没有登记的不算。",
    ),
    _share("turnout", "大会到会率", "present", "should_attend", "实到会占应到会的多少。"),
    Indicator(
        "elections.departures",
        "主席、副主席离任",
        "件",
        AREA,
        departures,
        about="提出日期在期内的罢免、调动和辞职。",
    ),
    Indicator(
        "elections.duties",
        "新任主席应办事项",
        "项",
        AREA,
        duties,
        about="任职日期在期内的新任主席应有的谈话和培训。",
    ),
    Indicator(
        "elections.duties_done",
        "新任主席已办事项",
        "项",
        AREA,
        duties,
        only=Q(done_on__isnull=False),
        about="其中已经完成的。",
    ),
    _share(
        "duties_share", "新任主席事项完成率", "duties_done", "duties", "已经完成的占应办的多少。"
    ),
)
