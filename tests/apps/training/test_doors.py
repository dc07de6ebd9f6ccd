"""Training through the doors: needs to plan, the bank from Excel, contests, who may not."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.training.models import Course, Demand, Exercise, Learner, Programme, QuizPart
from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import kinds
from gonghui.core.exchange.models import Batch, Rule
from gonghui.core.exchange.queries import rows_with
from gonghui.core.files.models import Attachment
from gonghui.core.history.trail import history_of
from gonghui.core.notices.models import Notice
from gonghui.core.screens.sockets import cards_of
from gonghui.core.watch.models import Finding
from gonghui.core.watch.refreshing import refresh
from tests.core.sheets.sheet_files import xlsx
from tests.factories.activities import SessionFactory
from tests.factories.core import AttachmentFactory
from tests.factories.organisation import PersonFactory
from tests.factories.training import (
    AttemptFactory,
    CourseFactory,
    DemandFactory,
    ExerciseFactory,
    LearnerFactory,
    OutcomeFactory,
    OutsiderFactory,
    ProgrammeFactory,
    QuizFactory,
    SquadFactory,
)

pytestmark = pytest.mark.django_db


def test_need_becomes_a_programme_and_who_asked_is_told(cast):
    bob, frank = cast.client("bob"), cast.client("frank")
    data = {"topic": "GIS 管网建模", "org": f"#{cast.branch.pk}", "year": 2026,
            "kind": "special", "people": 12}  # fmt: skip
    assert bob.post("/training/demand/new/", data).status_code == 302
    demand = Demand.objects.get()
    bob.post(f"/training/demand/{demand.pk}/do/submit/")

    form = frank.get(f"/training/programme/new/?demand={demand.pk}").content.decode()
    assert "GIS 管网建模" in form
    answers = {"title": "GIS 管网建模", "org": f"#{cast.company.pk}", "year": 2026,
               "kind": "special", "form": "classes", "people": 12}  # fmt: skip
    frank.post(f"/training/programme/new/?demand={demand.pk}", answers)

    demand.refresh_from_db()
    assert (demand.asked_by, demand.state) == (cast.bob, "merged")
    assert demand.programme == Programme.objects.get()
    assert "已纳入项目" in Notice.objects.get(person=cast.bob).title


def test_several_needs_go_into_one_programme_at_once(cast):
    programme = ProgrammeFactory(org=cast.company)
    needs = [DemandFactory(org=cast.branch, state="submitted") for _ in range(3)]
    other_year = DemandFactory(org=cast.branch, state="submitted", year=2025)
    data = {"bulk": "merge", "selected": [one.pk for one in [*needs, other_year]], "sure": "1",
            "programme": f"#{programme.pk}"}  # fmt: skip

    cast.client("frank").post("/training/demand/?scope=below", data)

    merged = Demand.objects.filter(state="merged", programme=programme)
    assert {one.pk for one in merged} == {one.pk for one in needs}


def test_declined_need_says_why_and_may_be_weighed_again(cast):
    demand = DemandFactory(org=cast.branch, state="submitted", asked_by=cast.bob)
    frank = cast.client("frank")

    frank.post(f"/training/demand/{demand.pk}/do/decline/", {"reason": "今年经费不够"})
    notice = Notice.objects.get(person=cast.bob)
    frank.post(f"/training/demand/{demand.pk}/do/reopen/")

    assert "今年经费不够" in notice.body
    assert Demand.objects.get().state == "submitted"


def test_stranger_makes_no_programme_from_anothers_need(cast):
    demand = DemandFactory(org=cast.branch, state="submitted")

    assert (
        cast.client("dave").get(f"/training/programme/new/?demand={demand.pk}").status_code == 404
    )


def test_plan_of_a_year_tells_people_from_person_times(cast):
    programme = ProgrammeFactory(org=cast.company, state="planned", people=40, title="数控车工")
    ProgrammeFactory(org=cast.company, state="planned", title="没有定人数的")
    ProgrammeFactory(org=cast.company, title="还在拟的")
    for _ in range(2):
        course = CourseFactory(org=cast.company, programme=programme)
        LearnerFactory(course=course, person=cast.alice)
    DemandFactory(org=cast.company, state="submitted")

    page = cast.client("frank").get("/training/plan/?year=2026").content.decode()

    assert "2 期 · 1 人 · 2 人次" in page
    assert "另有 1 个项目没有定人数" in page
    assert "还有 1 条需求等着处理" in page
    assert "还在拟的" not in page
    assert cast.client("alice").get("/training/plan/").status_code == 404


def test_person_times_of_a_plan_open_to_those_that_are_counted(cast):
    programme = ProgrammeFactory(org=cast.company, state="planned", title="数控车工")
    course = CourseFactory(org=cast.company, programme=programme, hours=24)
    stayed = LearnerFactory(course=course, person=cast.alice)
    LearnerFactory(course=course, person=cast.bob, result="left")
    off = CourseFactory(org=cast.company, programme=programme, state="cancelled")
    LearnerFactory(course=off, person=cast.alice)
    frank = cast.client("frank")
    year = programme.year

    page = frank.get(f"/training/plan/?year={year}").content.decode()
    url = unescape(re.search(r'href="([^"]*learner/[^"]*held=counted)"', page).group(1))

    assert [row.pk for row in frank.get(url).context["table"].data] == [stayed.pk]
    classes = frank.get("/training/course/").content.decode()
    assert ("24.0" in classes, ">24<" in classes) == (False, True)


def opened(client, page: str, address: str) -> list[int]:
    """The rows of the list a figure of a page opens to."""
    url = unescape(re.search(rf'href="([^"]*{address})"', page).group(1))
    return [row.pk for row in client.get(url).context["table"].data]


def test_people_planned_and_taught_open_to_exactly_what_they_count(cast):
    """Drafts and programmes that say no number are not in the sum, nor is anybody twice."""
    planned = ProgrammeFactory(org=cast.company, state="planned", people=40)
    closed = ProgrammeFactory(org=cast.company, state="closed", people=5)
    ProgrammeFactory(org=cast.company, state="planned", people=None)
    ProgrammeFactory(org=cast.company, state="draft", people=90)
    ProgrammeFactory(org=cast.company, state="planned", people=7, year=planned.year - 1)
    first, second = (CourseFactory(org=cast.company, programme=planned) for _ in range(2))
    LearnerFactory(course=first, person=cast.alice)
    again = LearnerFactory(course=second, person=cast.alice)
    outsider = LearnerFactory(course=second, person=None, outsider=OutsiderFactory())
    LearnerFactory(course=second, person=cast.bob, result="left")
    frank = cast.client("frank")

    page = frank.get(f"/training/plan/?year={planned.year}")

    said = page.content.decode()
    assert (page.context["plan"].planned, page.context["plan"].whole.people) == (45, 2)
    assert set(opened(frank, said, "listed=people")) == {planned.pk, closed.pk}
    assert set(opened(frank, said, "held=people")) == {again.pk, outsider.pk}


def test_what_learners_said_later_opens_for_whoever_may_ask(cast):
    """By what each said last; readers see the figures and not who said what."""
    programme = ProgrammeFactory(org=cast.company, state="planned")
    course = CourseFactory(org=cast.company, programme=programme)
    found, still, unasked = (
        LearnerFactory(course=course, person=None, outsider=OutsiderFactory()) for _ in range(3)
    )
    OutcomeFactory(learner=found, asked_on=date(2026, 8, 1))
    OutcomeFactory(learner=found, is_reached=True, evidence="在安澜物业上岗")
    OutcomeFactory(learner=still)
    frank = cast.client("frank")

    said = frank.get("/training/plan/?year=2026").content.decode()
    waiting = frank.get("/training/learner/?year=2026&said=none").context["table"].data
    read = cast.client("grace").get("/training/plan/?year=2026").content.decode()
    shown = cast.client("grace").get("/training/learner/?year=2026&said=employed")

    assert opened(frank, said, "said=employed") == [found.pk]
    assert set(opened(frank, said, "said=employed_asked")) == {found.pk, still.pk}
    assert [row.pk for row in waiting] == [unasked.pk]
    assert "1 / 2（50.0%）" in read
    assert "said=" not in read
    assert "已再就业" not in shown.content.decode()


def test_class_is_opened_with_its_first_session(cast):
    programme = ProgrammeFactory(org=cast.company, hours=24)
    frank = cast.client("frank")
    form = frank.get(f"/training/course/new/?programme={programme.pk}").content.decode()
    assert programme.title in form
    data = {"programme": f"#{programme.pk}", "org": f"#{cast.company.pk}", "hours": "24",
            "starts_at": "2026-05-06T09:00", "ends_at": "2026-05-06T11:00",
            "place": "南山村", "is_to_door": "on"}  # fmt: skip

    half = frank.post("/training/course/new/", data | {"ends_at": ""})
    made = frank.post("/training/course/new/", data)

    assert "要一起填" in half.content.decode()
    course = Course.objects.get()
    assert made.url == f"/training/course/{course.pk}/"
    assert (course.number, course.is_to_door, course.activity.place) == (1, True, "南山村")
    page = frank.get(made.url).content.decode()
    assert reverse("activities:activity-detail", args=[course.activity_id]) in page


def test_learners_join_are_judged_and_taken_out_by_pages(cast):
    course = CourseFactory(org=cast.company)
    frank = cast.client("frank")
    frank.post(f"/training/course/{course.pk}/enrol/",
               {"people": "艾丽、鲍博", "on": "2026-04-01"})  # fmt: skip
    alice, bob = course.learners.order_by("pk")

    frank.post(f"/training/learner/{alice.pk}/judge/", {"result": "passed", "grade": "优"})
    early = frank.post(f"/training/learner/{bob.pk}/judge/", {"result": "failed", "on": "2020-1-1"})
    frank.post(f"/training/learner/{bob.pk}/drop/")
    nothing = frank.post(f"/training/course/{course.pk}/enrol/", {"on": "2026-04-01"})

    assert "不能早于入学日期" in early.content.decode()
    assert "请写至少一个人" in nothing.content.decode()
    assert list(course.learners.values_list("person__name", "result", "grade")) == [
        ("艾丽", "passed", "优")
    ]
    told = frank.get(f"/training/learner/{alice.pk}/").content.decode()
    assert ("登记结果" in told, "按新时间重算出勤" in told) == (True, False)


def test_many_are_judged_at_once(cast):
    course = CourseFactory(org=cast.company)
    rows = [LearnerFactory(course=course, result="pending", result_on=None) for _ in range(3)]
    data = {"bulk": "judge", "selected": [one.pk for one in rows], "sure": "1", "result": "passed"}

    cast.client("frank").post(f"/training/learner/?scope=below&course={course.pk}", data)

    assert Learner.objects.filter(result="passed").count() == 3


def test_learner_sees_the_materials_and_not_the_others(cast):
    course = CourseFactory(org=cast.company)
    LearnerFactory(course=course, person=cast.alice)
    LearnerFactory(course=course, person=PersonFactory(name="王保密"))
    paper = AttachmentFactory(subject=course, name="讲义.pdf")
    alice = cast.client("alice")

    mine = alice.get(f"/training/my/course/{course.pk}/").content.decode()
    officers = alice.get(f"/training/course/{course.pk}/").content.decode()

    assert "讲义.pdf" in mine
    assert fetched(alice, paper) == 200
    assert "王保密" not in mine + officers
    assert cast.client("mallory").get(f"/training/my/course/{course.pk}/").status_code == 404
    assert cast.client("bob").get(f"/training/my/course/{course.pk}/").status_code == 404


def fetched(client, paper: Attachment) -> int:
    """What a download answers; read to its end it lets go of its file."""
    response = client.get(reverse("attachment", args=[paper.pk]))
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def test_materials_are_handed_out_with_a_class_and_a_programme(cast):
    programme = ProgrammeFactory(org=cast.company)
    frank = cast.client("frank")
    files = [SimpleUploadedFile("大纲.pdf", b"%PDF-1.4 a"), SimpleUploadedFile("教材.txt", b"b")]
    data = {"title": "钳工", "year": 2026, "kind": "special", "form": "classes", "papers": files}
    frank.post(f"/training/programme/{programme.pk}/edit/", data)
    frank.post("/training/course/new/", {
        "programme": f"#{programme.pk}", "org": f"#{cast.company.pk}",
        "papers": SimpleUploadedFile("讲义.txt", b"c"),
    })  # fmt: skip
    course = Course.objects.get()
    refused = frank.post(
        f"/training/course/{course.pk}/edit/", {"papers": SimpleUploadedFile("坏.exe", b"MZ")}
    )
    LearnerFactory(course=course, person=cast.alice)

    page = cast.client("alice").get(f"/training/my/course/{course.pk}/").content.decode()
    statuses = {
        name: {fetched(cast.client(name), one) for one in Attachment.objects.all()}
        for name in ("alice", "mallory")
    }

    assert "不是可以上传的文件" in refused.content.decode()
    assert all(name in page for name in ("大纲.pdf", "教材.txt", "讲义.txt"))
    assert statuses == {"alice": {200}, "mallory": {404}}


@pytest.mark.parametrize(
    "url",
    [
        "course/{course}/enrol/", "course/{course}/signed/", "course/{course}/judge/",
        "learner/{learner}/judge/", "learner/{learner}/drop/", "learner/{learner}/outcome/",
        "quiz/{quiz}/parts/", "quiz/{quiz}/squads/", "squad/{squad}/drop/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["alice", "grace", "dave", "mallory"])
def test_who_does_not_keep_learning_here_changes_nothing(cast, url, name):
    learner = LearnerFactory(course__org=cast.company, person=cast.alice)
    squad = SquadFactory(quiz__org=cast.company)
    numbers = {"course": learner.course_id, "learner": learner.pk, "quiz": squad.quiz_id,
               "squad": squad.pk}  # fmt: skip

    assert cast.client(name).post(f"/training/{url.format(**numbers)}").status_code == 404


# Questions and tests


def test_question_is_written_as_people_write_it(cast):
    frank = cast.client("frank")
    data = {"topic": "安全", "answer": "multiple", "org": f"#{cast.company.pk}",
            "stem": "哪些要戴安全帽？", "written": "吊装\n巡检\n办公", "right": "A、B",
            "is_current": "on"}  # fmt: skip

    wrong = frank.post("/training/exercise/new/", data | {"right": "A"})
    frank.post("/training/exercise/new/", data)

    assert "多选题至少有两个正确选项" in wrong.content.decode()
    made = Exercise.objects.get()
    assert (made.options, made.key) == (["吊装", "巡检", "办公"], [0, 1])
    edit = frank.get(f"/training/exercise/{made.pk}/edit/").content.decode()
    assert ">AB</textarea>" in edit.replace("\n", "")


HEAD = ["题干", "题型", "知识点", "A", "B", "C", "正确答案", "解析"]


def hand_in(cast, *rows: list[str]) -> Batch:
    file = io.BytesIO(xlsx(("题库", [HEAD, *rows])))
    made = actions.hand_in(
        kinds["exercises"], cast.company, file, name="题库.xlsx", by=cast.actor("frank")
    )
    made.refresh_from_db()
    return made


def test_bank_comes_from_excel_with_what_is_wrong_said_and_goes_back(cast):
    known = ExerciseFactory(org=cast.company, stem="灭火器看哪个颜色？", options=["绿", "红"])
    batch = hand_in(
        cast,
        ["灭火器看哪个颜色？", "单选", "消防", "绿", "红", "黄", "A", ""],
        ["发现火情先做什么？", "单选题", "消防", "报警", "拍照", "", "a", "先报警。"],
        ["哪些是三违？", "多选题", "安全", "违章指挥", "违规作业", "", "A", ""],
        ["特种作业要持证。", "判断题", "安全", "", "", "", "对", ""],
        ["安全生产方针第一句是（ ）", "填空", "安全", "", "", "", "安全第一|安全 第一", ""],
    )  # fmt: skip

    lines = rows_with(batch, "").lines
    assert "".join(one.finding.verdict for one in lines) == "cnwnn"
    assert "多选题至少有两个正确选项" in " ".join(lines[2].finding.reasons)
    actions.commit(batch, Rule.OVERWRITE, by=cast.actor("frank"))

    known.refresh_from_db()
    assert (known.topic, known.options) == ("消防", ["绿", "红", "黄"])
    blank = Exercise.objects.get(answer="blank")
    assert blank.key == ["安全第一", "安全 第一"]
    assert Exercise.objects.get(answer="judge").key == [0]
    batch.refresh_from_db()
    actions.undo(batch, by=cast.actor("frank"))
    known.refresh_from_db()
    assert (known.topic, known.options) == ("安全", ["绿", "红"])
    assert Exercise.objects.count() == 1


def test_parts_of_a_test_are_set_on_one_page(cast):
    quiz = QuizFactory(org=cast.company)
    ExerciseFactory(org=cast.company)
    frank = cast.client("frank")
    url = f"/training/quiz/{quiz.pk}/parts/"
    page = frank.get(url).content.decode()
    assert "1 题" in page
    data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-0-topic": "安全",
            "form-0-answer": "single", "form-0-count": 1, "form-0-points": 5}  # fmt: skip

    half = frank.post(url, data | {"form-1-answer": "judge"})
    assert "要一起填" in half.content.decode()
    twice = {f"form-1-{name}": data[f"form-0-{name}"] for name in ("topic", "answer", "count")}
    same = frank.post(url, data | twice | {"form-1-points": 2})
    assert "写成一行" in same.content.decode()
    frank.post(url, data)

    assert str(QuizPart.objects.get()) == "安全 单选题 1 题，每题 5 分"
    assert cast.client("frank").post(f"/training/quiz/{quiz.pk}/do/open/").status_code == 302
    quiz.refresh_from_db()
    assert quiz.state == "open"
    assert frank.get(url).status_code == 404  # no longer changed once it is open


def test_contest_of_two_knowledges_ranks_squads_by_their_rule(cast):
    quiz = QuizFactory(org=cast.company, use="contest", counted=2, combine="sum")
    frank = cast.client("frank")
    url = f"/training/quiz/{quiz.pk}/squads/"
    others = [PersonFactory(org=cast.branch, name=f"队员{n}") for n in "甲乙"]
    frank.post(url, {"name": "一年级组", "members": "艾丽、鲍博"})
    frank.post(url, {"name": "二年级组", "members": "队员甲、队员乙"})
    twice = frank.post(url, {"name": "三年级组", "members": "艾丽"})
    for person, number, score in ((cast.alice, 1, 50), (cast.alice, 2, 80), (cast.bob, 1, 60)):
        AttemptFactory(quiz=quiz, person=person, number=number, score=score, total=100,
                       handed_in_at=timezone.now())  # fmt: skip
    AttemptFactory(quiz=quiz, person=others[0], score=99, total=100, handed_in_at=timezone.now())

    page = frank.get(f"/training/quiz/{quiz.pk}/").content.decode()

    assert "已经在别的队里" in twice.content.decode()
    assert "第 1 名 · 一年级组" in page
    assert "140 分" in page
    assert "还差 1 人才能计成绩" in page
    assert "每队取成绩最好的 2 人，相加" in page


def test_results_of_one_test_are_listed_and_written_out(cast):
    quiz = QuizFactory(org=cast.company, title="安全月测验")
    AttemptFactory(quiz=quiz, person=cast.alice, score=4, pass_points=3, total=5,
                   handed_in_at=timezone.now())  # fmt: skip
    AttemptFactory(quiz__org=cast.company, person=cast.bob)
    frank = cast.client("frank")

    page = frank.get(f"/training/attempt/?quiz={quiz.pk}&scope=below").content.decode()
    failed = frank.get(f"/training/attempt/?quiz={quiz.pk}&stands=failed&scope=below")

    assert ("艾丽" in page, "鲍博" in page, "及格" in page) == (True, False, True)
    assert "艾丽" not in failed.content.decode().split("</header>")[-1].split("<table")[-1]
    written = frank.get(f"/training/attempt/?quiz={quiz.pk}&scope=below&export=xlsx")
    assert "用途" in written.content.decode()


def test_study_card_shows_what_waits_and_nothing_to_who_has_none(cast):
    before = [card.title for card in cards_of(cast.actor("alice"), date(2026, 5, 1))]
    assert "我的培训" not in before
    QuizFactory(org=cast.company, title="安全月测验", state="open")
    LearnerFactory(course__org=cast.company, person=cast.alice, result="pending", result_on=None)

    card = next(c for c in cards_of(cast.actor("alice"), date(2026, 5, 1)) if c.title == "我的培训")

    assert [line.words for line in card.lines] == ["测验", "在学"]
    page = cast.client("alice").get("/training/my/").content.decode()
    assert "安全月测验" in page


# What should be noticed


def found(code: str) -> list[tuple[int, str]]:
    refresh([code])
    rows = Finding.objects.filter(check_code=code, gone_on=None)
    return list(rows.values_list("about", "sentence"))


@time_machine.travel("2026-07-01 09:00:00+08:00")
def test_planned_and_not_held_is_noticed(cast):
    late = ProgrammeFactory(org=cast.company, state="planned", until=date(2026, 6, 30))
    ProgrammeFactory(org=cast.company, state="planned", until=date(2026, 7, 1))
    ProgrammeFactory(org=cast.company, until=date(2026, 6, 30))
    held = ProgrammeFactory(org=cast.company, state="planned", until=date(2026, 6, 30))
    CourseFactory(org=cast.company, programme=held)
    called_off = ProgrammeFactory(org=cast.company, state="planned", until=date(2026, 6, 30))
    CourseFactory(org=cast.company, programme=called_off, state="cancelled")

    assert sorted(pk for pk, _ in found("R-172")) == [late.pk, called_off.pk]


def test_class_long_over_without_results_is_noticed(cast):
    course = CourseFactory(org=cast.company)
    ends = datetime(2026, 5, 1, 9, tzinfo=UTC)
    course.activity.starts_at = course.activity.ends_at = ends
    course.activity.save()
    SessionFactory(activity=course.activity)
    LearnerFactory(course=course, result="pending", result_on=None)

    with time_machine.travel("2026-05-31 09:00:00+08:00"):
        assert found("R-186") == []
    with time_machine.travel("2026-06-01 09:00:00+08:00"):
        [(about, words)] = found("R-186")
    assert about == course.pk
    assert "还有 1 人没有结果" in words


def test_material_is_removed_with_a_reason_by_who_keeps_the_class(
    cast, django_capture_on_commit_callbacks
):
    course = CourseFactory(org=cast.company)
    paper = AttachmentFactory(subject=course, name="讲义（旧）.pdf")
    stored, url = paper.file, f"/files/{paper.pk}/remove/"
    frank = cast.client("frank")

    for name in ("alice", "dave", "mallory"):
        assert cast.client(name).post(url, {"reason": "试试"}).status_code == 404, name
    assert url in frank.get(f"/training/course/{course.pk}/").content.decode()
    assert "讲义（旧）.pdf" in frank.get(url).content.decode()
    assert frank.post(url, {"reason": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        frank.post(url, {"reason": "标准换版"})

    assert not Attachment.objects.exists()
    assert not stored.storage.exists(stored.name)
    [entry] = history_of(course).filter(verb="discard")
    assert entry.changes == {"file": "讲义（旧）.pdf", "reason": "标准换版"}


def test_proof_of_what_a_learner_said_is_not_removed(cast):
    paper = AttachmentFactory(subject=LearnerFactory(course=CourseFactory(org=cast.company)))

    assert cast.client("frank").post(f"/files/{paper.pk}/remove/").status_code == 404
