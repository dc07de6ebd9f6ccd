"""What is counted of training: who was taught, how often, with what result, what came later."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, ages, declare, sexes

from .models import Course, CourseState, Form, Learner, Outcome, Result
from .rules import COURSE_RULES, LEARNER_RULES, OUTCOME_RULES

AREA = "learning"
KINDS = Split("kind", "类型", "course__programme__kind")
COLUMNS = (
    ("person", "职工"), ("outsider", "会外学员"), "course", "joined_on", "result", "result_on",
)  # fmt: skip

joined = Source(
    "training.joined",
    rows=lambda: Learner.objects.exclude(course__state=CourseState.CANCELLED).exclude(
        result=Result.LEFT
    ),
    rule=LEARNER_RULES["view"],
    org="course__org",
    day="joined_on",
    person="person",
    personal=True,
    columns=COLUMNS,
    splits=(KINDS, sexes(), ages()),
    follows={"training.course": "org"},
)
judged = Source(
    "training.judged",
    rows=lambda: Learner.objects.filter(result__in=(Result.PASSED, Result.FAILED)),
    rule=LEARNER_RULES["view"],
    org="course__org",
    day="result_on",
    person="person",
    personal=True,
    columns=COLUMNS,
    splits=(KINDS, Split("result", "结果", "result")),
    follows={"training.course": "org"},
)
courses = Source(
    "training.courses",
    rows=lambda: Course.objects.exclude(state=CourseState.CANCELLED),
    rule=COURSE_RULES["view"],
    day="activity__starts_at",
    columns=("programme", "number", "org", "hours", "state"),
    splits=(Split("kind", "类型", "programme__kind"), Split("state", "状态", "state")),
    follows={"activities.activity": "org"},
)
outcomes = Source(
    "training.outcomes",
    rows=lambda: Outcome.objects.all(),
    rule=OUTCOME_RULES["view"],
    org="learner__course__org",
    day="asked_on",
    columns=("learner", "kind", "asked_on", "is_reached", "evidence"),
    page="learner",
    splits=(Split("kind", "内容", "kind"),),
    follows={"training.learner": "course__org"},
)
passed = Q(result=Result.PASSED)
CONTEST = Q(course__programme__form=Form.CONTEST)


def _rate(kind: str, title: str) -> tuple[Indicator, Indicator, Ratio]:
    """Of those asked about one thing, how many said yes (R-190)."""
    of = Q(kind=kind)
    said = f"回访日期在期内的{title}回访"
    return (
        Indicator(f"training.{kind}", f"{title}人次", "人次", AREA, outcomes,
                  only=of & Q(is_reached=True), about=f"{said}，实现了的，有依据。"),
        Indicator(f"training.{kind}_asked", f"{title}回访", "人次", AREA, outcomes,
                  only=of, about=f"{said}，一人回访几次算几次。"),
        Ratio(f"training.{kind}_rate", f"{title}率", "%", AREA, f"training.{kind}",
              f"training.{kind}_asked", about="实现了的占回访的；没有回访的不算。"),
    )  # fmt: skip


declare(
    Indicator("training.courses", "培训班", "期", AREA, courses,
              about="开班日期在期内、没有停办的培训班。"),
    Indicator("training.times", "培训人次", "人次", AREA, joined,
              about="入学日期在期内的学员，职工和会外学员都算，一人参加几期算几次；中途退学的不算。"),
    Indicator("training.people", "培训职工", "人", AREA, joined, people=True,
              only=Q(person__isnull=False),
              about="入学日期在期内的职工，一人只算一次；中途退学的不算。"),
    Indicator("training.women_times", "女职工培训人次", "人次", AREA, joined,
              only=Q(person__sex="female"),
              about="入学日期在期内的女职工学员，一人参加几期算几次；中途退学的和会外学员不算。"),
    Indicator("training.contest_times", "技术比武人次", "人次", AREA, joined,
              only=CONTEST, among=CONTEST,
              about="入学日期在期内、项目形式为技术比武的学员，一人参加几期算几次；中途退出的不算。"),
    Indicator("training.outsider_times", "会外学员", "人次", AREA, joined,
              only=Q(outsider__isnull=False), personal=False,
              about="入学日期在期内、不在名册里的学员。"),
    Indicator("training.judged", "有结果的", "人次", AREA, judged,
              about="结果日期在期内、合格或不合格的学员。"),
    Indicator("training.passed", "培训合格", "人次", AREA, judged, only=passed,
              about="结果日期在期内、合格的学员。"),
    Ratio("training.pass_rate", "培训合格率", "%", AREA, "training.passed", "training.judged",
          about="合格的占有结果的；在学和中途退学的不算。"),
    Indicator("training.hours", "培训学时", "学时", AREA, judged, only=passed, sum="course__hours",
              about="结果日期在期内合格的学员，按各期的学时相加。"),
    *_rate("employed", "再就业"),
    *_rate("lifted", "脱贫"),
    *_rate("prosperous", "致富"),
)  # fmt: skip
