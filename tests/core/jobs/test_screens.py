"""The pages of long work through their door."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.files.store import attachments_of
from gonghui.core.jobs.models import Job, Stage
from gonghui.core.jobs.running import page_of, start
from tests.core.jobs import kinds_for_tests
from tests.factories.core import JobFactory

assert kinds_for_tests
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def running(cast):
    return JobFactory(
        title="导出人员名册",
        by=cast.alice,
        org=cast.branch,
        stage=Stage.RUNNING,
        holder="x",
        heartbeat_at=timezone.now(),
        done=30,
        total=120,
        note="正在写第 30 行",
    )


def test_list_shows_own_jobs_and_those_of_bodies_one_leads(cast, running):
    JobFactory(title="别处的任务", by=cast.dave, org=cast.other_city)
    pages = {
        name: cast.client(name).get(reverse("jobs:job-list")).content.decode()
        for name in ("alice", "bob", "frank")
    }

    assert {name: "导出人员名册" in page for name, page in pages.items()} == {
        "alice": True,
        "bob": False,
        "frank": True,
    }
    assert "30 / 120" in pages["alice"]
    assert "别处的任务" not in "".join(pages.values())


def test_page_of_a_running_job_asks_again_and_one_that_ended_does_not(cast, running):
    alice = cast.client("alice")

    page = alice.get(page_of(running)).content.decode()
    fragment = alice.get(page_of(running), **HTMX).content.decode()
    Job.objects.update(stage=Stage.DONE)
    after = alice.get(page_of(running), **HTMX).content.decode()

    assert 'hx-trigger="every 2s"' in page
    assert "30 / 120" in fragment
    assert "还剩 90" in fragment
    assert "正在写第 30 行" in fragment
    assert "<html" not in fragment
    assert "hx-trigger" not in after


def test_result_is_fetched_by_its_owner_only(cast):
    job = start("test.obey", by=cast.actor("alice"), org=cast.branch, title="名单", end="file")
    url = reverse("attachment", args=[attachments_of(job).get().pk])
    own = cast.client("alice").get(page_of(job)).content.decode()
    above = cast.client("frank").get(page_of(job)).content.decode()

    fetched = cast.client("alice").get(url)

    assert (url in own, url in above) == (True, False)
    assert "第二项" in own
    assert "已经办过" in own
    assert b"".join(fetched.streaming_content).decode() == "名单"
    assert cast.client("frank").get(url).status_code == 404


def test_stop_button_stops(cast, running):
    alice, url = cast.client("alice"), reverse("jobs:job-stop", args=[running.pk])

    assert cast.client("bob").post(url).status_code == 404
    page = alice.post(url, follow=True).content.decode()

    running.refresh_from_db()
    assert running.asked_to_stop
    assert "已请求停止" in page
    assert ">停止<" not in page
    Job.objects.update(stage=Stage.DONE)
    assert "已经结束" in alice.post(url, follow=True).content.decode()
