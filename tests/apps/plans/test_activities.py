"""A task is brought up to date by the activity that carries it out, with its record as proof."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.plans.actions.activities import tie_activity
from gonghui.apps.plans.models import Item, Progress
from gonghui.apps.plans.queries.summary import summary_of
from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.models import Activity
from gonghui.core.files.store import attachments_of
from gonghui.core.history.trail import history_of
from gonghui.core.records.models import Record
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.plans import ItemFactory, OccurrenceFactory, PlanFactory
from tests.factories.records import ContributionFactory, PhotoFactory, RecordFactory
from tests.factories.signing import RegistrationFactory

pytestmark = pytest.mark.slow

NINE = timezone.make_aware(datetime(2026, 3, 8, 9))  # noqa: DTZ001


@pytest.fixture
def task(cast) -> Item:
    return ItemFactory(org=cast.company, text="举办书法讲座", plan__title="年度计划")


@pytest.fixture
def lecture(cast) -> Activity:
    """Held on 8 March, with a record; Alice came and spoke."""
    lecture = ActivityFactory(
        org=cast.company, kind="lecture", title="书法讲座", state="held", theme="书法",
        starts_at=NINE, ends_at=NINE + timedelta(hours=2),
    )  # fmt: skip
    session = SessionFactory(activity=lecture, starts_at=NINE, ends_at=NINE + timedelta(hours=2))
    RecordFactory(activity=lecture, minutes="讲了执笔。", gains="会写了永字八法。")
    alices = RegistrationFactory(activity=lecture, person=cast.alice)
    AttendanceFactory(session=session, registration=alices, in_at=NINE)
    ContributionFactory(activity=lecture, registration=alices, words="谈体会")
    return lecture


def tie(client, lecture, task):
    url = reverse("plans:activity-task", args=[lecture.pk])
    return client.post(url, {"task": f"{task} #{task.pk}" if task else ""}, follow=True)


def do(lecture, name, cast) -> None:
    LIFE.perform(lecture, name, by=cast.actor("frank"))


def test_finished_record_is_noted_on_the_task_with_the_record_attached(cast, lecture, task):
    tie(cast.client("frank"), lecture, task)
    do(lecture, "record", cast)

    note = Progress.objects.get(item=task)
    assert (note.on.isoformat(), note.activity, note.by) == ("2026-03-08", lecture, cast.frank)
    assert note.text == "举办“书法讲座”，到场 1 人。会写了永字八法。"
    task.refresh_from_db()
    assert task.state == "doing"
    paper = attachments_of(note).get()
    with paper.file.open() as file:
        said = "".join(pypdf.PdfReader(io.BytesIO(file.read())).pages[0].extract_text().split())
    for words in ("讲了执笔", "会写了永字八法", "到场：1人", "谈体会"):
        assert words in said, words


def test_open_again_takes_the_note_back_and_finished_anew_notes_it_once(
    cast, lecture, task, django_capture_on_commit_callbacks
):
    tie(cast.client("frank"), lecture, task)
    do(lecture, "record", cast)
    paper = attachments_of(Progress.objects.get()).get().file
    with django_capture_on_commit_callbacks(execute=True):
        do(lecture, "reopen", cast)
    assert not Progress.objects.exists()
    assert not paper.storage.exists(paper.name)
    assert history_of(task).filter(verb="unprogress").exists()

    Record.objects.update(gains="人人会写。")
    do(lecture, "record", cast)

    assert Progress.objects.get().text.endswith("人人会写。")


def test_turn_of_that_day_is_kept_and_opened_again(cast, lecture, task):
    march = OccurrenceFactory(item=task)
    OccurrenceFactory(item=task, starts_on="2026-04-01", due_on="2026-04-30")
    tie(cast.client("frank"), lecture, task)

    do(lecture, "record", cast)
    march.refresh_from_db()
    task.refresh_from_db()
    assert march.done_on.isoformat() == "2026-03-08"
    assert task.due_on.isoformat() == "2026-04-30"
    assert task.state == "doing"

    do(lecture, "reopen", cast)
    march.refresh_from_db()
    task.refresh_from_db()
    assert march.done_on is None
    assert task.due_on.isoformat() == "2026-03-31"


def test_plan_that_is_closed_and_activity_without_a_task_hold_nothing_up(cast, lecture, task):
    tie(cast.client("frank"), lecture, task)
    task.plan.state = "closed"
    task.plan.save()

    do(lecture, "record", cast)

    lecture.refresh_from_db()
    assert lecture.state == "recorded"
    assert not Progress.objects.exists()


def test_officer_who_may_not_begin_the_task_still_notes_it(cast, lecture, task):
    """Who ties it works on the task; who keeps the record need not."""
    elsewhere = ItemFactory(org=cast.city, plan=PlanFactory(org=cast.city, state="running"))
    tie(cast.client("carol"), lecture, elsewhere)
    lecture.refresh_from_db()
    if lecture.carries_id is None:  # Carol does not hold the company's activities
        tie(cast.client("erin"), lecture, elsewhere)

    do(lecture, "record", cast)

    elsewhere.refresh_from_db()
    assert elsewhere.progress_notes.count() == 1
    assert elsewhere.state == "not_started"


def test_links_lead_both_ways(cast, lecture, task):
    frank = cast.client("frank")
    tie(frank, lecture, task)

    there, back = (reverse("plans:item-detail", args=[task.pk]),
                   reverse("activities:activity-detail", args=[lecture.pk]))  # fmt: skip
    assert there in frank.get(back).content.decode()
    assert back in frank.get(there).content.decode()


def test_photos_stand_as_evidence_of_the_task_while_they_are_kept(cast, lecture, task):
    PhotoFactory.create_batch(2, activity=lecture)
    frank = cast.client("frank")
    tie(frank, lecture, task)
    before = evidence_of(task)
    do(lecture, "record", cast)

    page = frank.get(reverse("plans:item-detail", args=[task.pk])).content.decode()

    assert "照片 2 张" in page
    assert reverse("records:photos", args=[lecture.pk]) in page
    assert before == []
    assert evidence_of(task) == ["书法讲座记录.pdf", "书法讲座照片 2 张"]


def evidence_of(task) -> list[str]:
    (chapter,) = summary_of(task.plan).chapters
    return [words for deed in chapter.deeds for words in deed.evidence]


def test_links_show_nothing_to_who_may_not_read_the_other_end(cast, lecture):
    citys = ItemFactory(org=cast.city, plan=PlanFactory(org=cast.city, state="draft"), text="密")
    tie(cast.client("erin"), lecture, citys)
    Activity.objects.filter(pk=lecture.pk).update(carries_id=citys.pk)
    page = cast.client("frank").get(reverse("activities:activity-detail", args=[lecture.pk]))

    assert reverse("plans:item-detail", args=[citys.pk]) not in page.content.decode()


def test_tie_is_for_who_holds_the_activity_and_works_on_the_task(cast, lecture, task):
    for name in ("alice", "dave", "mallory"):
        assert tie(cast.client(name), lecture, task).status_code == 404, name
    foreign = ItemFactory(org=cast.other_company)
    refused = tie(cast.client("frank"), lecture, foreign)
    assert refused.status_code == 422
    assert "没有找到" in refused.content.decode()
    lecture.refresh_from_db()
    assert lecture.carries_id is None


def test_finished_record_keeps_its_task_and_an_empty_one_is_taken_away(cast, lecture, task):
    frank = cast.client("frank")
    tie(frank, lecture, task)
    tie(frank, lecture, None)
    lecture.refresh_from_db()
    assert lecture.carries_id is None

    tie(frank, lecture, task)
    do(lecture, "record", cast)
    refused = tie(frank, lecture, None)

    assert "记录已经完成" in refused.content.decode()
    assert history_of(lecture).filter(verb="carry").count() == 3


def test_heading_of_a_plan_is_no_task(cast, lecture):
    heading = ItemFactory(org=cast.company, kind="section", text="学习")

    assert tie(cast.client("frank"), lecture, heading).status_code == 422
    with pytest.raises(DomainError, match="不是章节"):
        tie_activity(lecture, heading, by=cast.actor("frank"))


def test_missing_plan_is_met_by_the_task(cast, lecture, task):
    step = reverse("activities:activity-transition", args=[lecture.pk, "record"])
    before = cast.client("frank").post(step, follow=True).content.decode()
    tie(cast.client("frank"), lecture, task)

    cast.client("frank").post(step)

    assert "记录还缺计划" in before
    lecture.refresh_from_db()
    assert lecture.state == "recorded"
