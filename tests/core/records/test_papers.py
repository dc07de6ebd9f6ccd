"""What is written out: the draft of a brief, participants and results."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import docx
import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Activity
from gonghui.core.files.models import Attachment
from gonghui.core.records.papers.brief import BLANK, brief_paper
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.records import ContributionFactory, FeedbackFactory, RecordFactory
from tests.factories.signing import QuestionFactory, RegistrationFactory

pytestmark = pytest.mark.slow

TODAY = date(2026, 3, 5)


@pytest.fixture
def match(cast) -> Activity:
    match = ActivityFactory(
        org=cast.company, state="held", kind="sport", title="羽毛球赛", theme="", place=""
    )
    SessionFactory(activity=match)
    return match


def come(match, **who):
    one = RegistrationFactory(activity=match, **who)
    AttendanceFactory(session=match.sessions.get(), registration=one, in_at=timezone.now())
    return one


def text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_brief_of_an_empty_record_marks_what_is_missing_and_invents_nothing(match):
    said = text(brief_paper(match, TODAY))

    assert f"第{BLANK}期" in said
    assert f"在{BLANK}举办体育活动“羽毛球赛”，主题是“{BLANK}”，到场{BLANK}人。" in said
    assert f"一、活动情况\n{BLANK}" in said
    assert f"二、成绩\n{BLANK}" in said
    assert "评价" not in said
    assert "0人" not in said


def test_brief_tells_the_record(cast, match):
    RecordFactory(activity=match, minutes="上午单打，下午双打。", gains="一队夺冠")
    alices = come(match, person=cast.alice)
    ContributionFactory(activity=match, registration=alices, kind="placed", words="第一名")
    FeedbackFactory(registration=alices, stars=5, words="很好")
    match.partners.add(cast.other_company)

    said = text(brief_paper(match, TODAY))

    for part in ("到场1人", "上午单打", "一队夺冠", cast.alice.name, "第一名", "1人评价，平均5.0分",
                 f"（{cast.other_company.name}协办）", "2026年3月5日"):  # fmt: skip
        assert part in said, part


@pytest.mark.parametrize(
    ("days", "said"), [(0, "2026年3月3日，"), (1, "2026年3月3日至2026年3月4日，")]
)
def test_brief_says_when_as_official_papers_do(match, days, said):
    start = timezone.make_aware(datetime(2026, 3, 3, 9))  # noqa: DTZ001
    match.starts_at, match.ends_at = start, start + timedelta(days=days, hours=2)

    assert f"{said}{match.org.name}" in text(brief_paper(match, TODAY))


def test_brief_is_the_organisers(cast, match):
    url = reverse("records:brief", args=[match.pk])

    statuses = {n: cast.client(n).get(url).status_code for n in ("frank", "alice", "dave")}

    assert statuses == {"frank": 200, "alice": 404, "dave": 404}


def export(client, url, **query):
    """As a sheet, with a purpose; the job has written it when the page comes back."""
    query = "&".join(f"{name}={value}" for name, value in query.items())
    asked = client.get(f"{url}?{query}&export=xlsx")
    assert "用途" in asked.content.decode()
    page = client.post(f"{url}?{query}&export=xlsx", {"purpose": "报上级工会核对"}, follow=True)
    assert page.status_code == 200
    content = b"".join(client.get(reverse("attachment", args=[Attachment.objects.get().pk])))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_participants_go_out_with_a_purpose_on_the_sheet(cast, match):
    come(match, person=cast.alice)
    RegistrationFactory(activity=match, person=cast.bob)
    RegistrationFactory(activity__org=cast.company, person=cast.grace)

    rows = export(
        cast.client("frank"), reverse("records:registration-list"),
        org=cast.company.pk, scope="own", activity=match.pk,
    )  # fmt: skip

    said = str(rows)
    assert cast.alice.name in said
    assert "没有到场" in said
    assert cast.grace.name not in said
    assert "报上级工会核对" in said
    assert "含个人信息" in said


def test_participants_go_out_with_what_they_answered_and_whom_they_bring(cast, match):
    size = QuestionFactory(activity=match, label="上衣尺码")
    paper = QuestionFactory(activity=match, label="体检表", kind="file")
    RegistrationFactory(
        activity=match, person=cast.alice, category="front_line", companions=2,
        companion_names=["小明", "小红"], companion_kind="family",
        answers={str(size.pk): "L", str(paper.pk): "体检.pdf"},
    )  # fmt: skip

    rows = export(
        cast.client("frank"), reverse("records:registration-list"),
        org=cast.company.pk, scope="own", activity=match.pk,
    )  # fmt: skip

    (line,) = [row for row in rows if row[0] == cast.alice.name]
    assert line[-6:-1] == ["一线职工", 2, "小明、小红（家属）", "上衣尺码：L", "没有到场"]


def test_participants_go_out_with_when_they_came_and_why_not(cast, match):
    late = RegistrationFactory(activity=match, person=cast.alice)
    away = RegistrationFactory(activity=match, person=cast.bob)
    session, zone = match.sessions.get(), timezone.get_current_timezone()
    AttendanceFactory(
        session=session, registration=late, status="late",
        in_at=datetime(2026, 11, 21, 9, 20, tzinfo=zone),
        out_at=datetime(2026, 11, 21, 11, 5, tzinfo=zone),
    )  # fmt: skip
    AttendanceFactory(session=session, registration=away, status="excused", reason="出差")

    rows = export(
        cast.client("frank"), reverse("records:registration-list"),
        org=cast.company.pk, scope="own", activity=match.pk,
    )  # fmt: skip

    said = {row[0]: row[-1] for row in rows}
    assert said[cast.alice.name] == "11月21日 09:20至11月21日 11:05 迟到"
    assert said[cast.bob.name] == "请假（出差）"


def test_results_are_the_contributions_that_were_placed(cast, match):
    for kind, words in (("placed", "第一名"), ("spoke", "致辞")):
        ContributionFactory(
            activity=match, kind=kind, words=words,
            registration=RegistrationFactory(activity=match),
        )  # fmt: skip

    rows = str(export(
        cast.client("frank"), reverse("records:contribution-list"),
        org=cast.company.pk, scope="own", activity=match.pk, kind="placed",
    ))  # fmt: skip

    assert "第一名" in rows
    assert "致辞" not in rows


def test_members_read_who_was_placed_once_the_record_is_finished(cast, match):
    for kind, words in (("placed", "第一名"), ("spoke", "致辞")):
        ContributionFactory(
            activity=match, kind=kind, words=words,
            registration=RegistrationFactory(activity=match, person=cast.person(
                "bob" if kind == "placed" else "grace"
            )),
        )  # fmt: skip
    page = reverse("signing:portal-activity", args=[match.pk])
    alice = cast.client("alice")
    assert "第一名" not in alice.get(page).content.decode()
    Activity.objects.filter(pk=match.pk).update(state="recorded")

    shown = alice.get(page).content.decode()

    assert (cast.bob.name in shown, "第一名" in shown, "致辞" in shown) == (True, True, False)
    assert cast.client("mallory").get(page).status_code == 404


def test_lists_are_filtered_by_name_and_by_who_came(cast, match):
    come(match, person=cast.alice)
    come(match, person=None, guest="外援", org=cast.company)
    RegistrationFactory(activity=match, person=cast.bob)
    url = reverse("records:registration-list", query={"org": cast.company.pk, "scope": "own"})
    frank = cast.client("frank")

    def names(**query):
        table = frank.get(url, query).context["table"]
        return sorted(str(row.record) for row in table.rows)

    assert names(came="yes") == sorted([cast.alice.name, "外援"])
    assert names(came="no") == [cast.bob.name]
    assert names(q="外") == ["外援"]


def test_lists_show_nothing_of_other_bodies(cast, match):
    one = come(match, person=cast.alice)
    ContributionFactory(activity=match, registration=one, words="致辞")

    for name in ("registration-list", "contribution-list"):
        page = cast.client("dave").get(reverse(f"records:{name}")).content.decode()
        assert cast.alice.name not in page, name
