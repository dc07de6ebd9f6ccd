"""The scheduled job: one runner, isolated jobs, no lost day, no lease held by the dead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from gonghui.core.notices import ticking
from gonghui.core.notices.models import Tick
from gonghui.kit.registry import Registry
from tests.schema import lay_copy

NOON = datetime(2026, 11, 21, 4, tzinfo=timezone.get_fixed_timezone(0))  # 12:00 in Shanghai


@pytest.fixture
def jobs(db, monkeypatch):
    """An empty registry, so that a test knows all the jobs there are."""
    empty: Registry[ticking.Job] = Registry("jobs")
    monkeypatch.setattr(ticking, "jobs", empty)
    return empty


def test_outbox_is_a_job():
    assert "letters" in ticking.jobs


def test_tick_runs_every_job_and_keeps_the_results(jobs):
    ticking.every_tick("greet")(lambda now: "hello")

    outcomes = ticking.run_tick(NOON)

    assert outcomes == [ticking.Outcome("greet", True, "hello")]
    assert Tick.objects.get(name="greet").last_result == "hello"
    last = ticking.last_tick()
    assert (last.last_ran_at, last.held_until, last.last_result) == (NOON, None, "ok")


def test_failing_job_stops_no_other(jobs):
    ran = []

    @ticking.every_tick("bad")
    def bad(now):
        raise ZeroDivisionError("none left")

    ticking.every_tick("good")(ran.append)

    outcomes = ticking.run_tick(NOON)

    assert [o.ok for o in outcomes] == [False, True]
    assert ran == [NOON]
    assert ticking.last_tick().last_result == "bad: ZeroDivisionError: none left"


def test_second_process_leaves_a_running_tick_alone(jobs):
    seen = []

    @ticking.every_tick("nested")
    def nested(now):
        seen.append(ticking.run_tick(now))

    ticking.run_tick(NOON)

    assert seen == [None]
    assert ticking.run_tick(NOON) is not None


def test_tick_killed_with_the_lease_is_taken_over_when_it_runs_out(jobs):
    ran = []
    ticking.every_tick("greet")(ran.append)
    until = ticking._take(NOON)  # and here the process dies

    assert ticking.run_tick(until - timedelta(seconds=1)) is None
    assert ran == []
    assert ticking.run_tick(until) is not None
    assert ran == [until]


def test_holder_that_lost_its_lease_stops(jobs):
    ran = []

    @ticking.every_tick("slow")
    def slow(now):
        Tick.objects.filter(name="tick").update(held_until=now + timedelta(days=1))

    ticking.every_tick("next")(ran.append)

    assert [o.job for o in ticking.run_tick(NOON)] == ["slow"]
    assert ran == []
    assert ticking.last_tick().held_until == NOON + timedelta(days=1)


def test_daily_job_runs_once_a_day_of_our_own_zone(jobs):
    days = []
    ticking.every_day("daily")(days.append)

    ticking.run_tick(NOON)
    ticking.run_tick(NOON + timedelta(hours=11))  # 23:00 in Shanghai
    ticking.run_tick(NOON + timedelta(hours=13))  # 01:00 of the next day there

    assert days == [date(2026, 11, 21), date(2026, 11, 22)]


def test_days_missed_are_made_up_for_oldest_first(jobs):
    days = []
    ticking.every_day("daily")(days.append)
    ticking.run_tick(NOON)

    ticking.run_tick(NOON + timedelta(days=3))

    assert days == [date(2026, 11, day) for day in (21, 22, 23, 24)]


def test_no_more_than_a_month_is_made_up_for(jobs):
    days = []
    ticking.every_day("daily")(days.append)
    ticking.run_tick(NOON)

    ticking.run_tick(NOON + timedelta(days=400))

    assert len(days) == 1 + ticking.MOST_DAYS
    assert days[-1] == date(2026, 11, 21) + timedelta(days=400)


def test_failed_day_is_undone_and_tried_again(jobs):
    days, broken = [], [True]

    @ticking.every_day("daily")
    def daily(day):
        Tick.objects.create(name=f"half of {day}")
        if broken:
            raise ValueError("half way")
        days.append(day)

    assert not ticking.run_tick(NOON)[0].ok
    assert not Tick.objects.filter(name__startswith="half").exists()

    broken.clear()
    ticking.run_tick(NOON + timedelta(days=1))

    assert days == [date(2026, 11, 22)]


def test_command_says_what_became_of_each_job(jobs, capsys):
    ticking.every_tick("greet")(lambda now: "hello")

    call_command("tick")

    assert capsys.readouterr().out == "greet  完成  hello\n"


def test_command_says_when_another_process_is_at_it(jobs, capsys):
    ticking._take(timezone.now())

    call_command("tick")

    assert "另一个进程" in capsys.readouterr().out


@pytest.mark.slow
def test_forever_ends_on_a_signal_and_with_its_parent(tmp_path):
    """A real process on its own database; the tables are made by the real command."""
    environment = os.environ | {
        "GONGHUI_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/t.db",
    }
    gonghui = [sys.executable, "-m", "gonghui"]
    lay_copy(tmp_path / "t.db")
    subprocess.run([*gonghui, "migrate", "-v0"], env=environment, check=True)
    tick = [*gonghui, "tick", "--forever", "--every", "0.2"]

    alone = subprocess.Popen(tick, env=environment)
    _wait_for_a_tick(environment, tmp_path)
    alone.send_signal(signal.SIGTERM)
    assert alone.wait(60) == 0

    orphan = subprocess.Popen([*tick, "--parent", "1"], env=environment)
    assert orphan.wait(60) == 0


def _wait_for_a_tick(environment, folder):
    import sqlite3

    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with sqlite3.connect(folder / "t.db") as database:
            rows = database.execute(
                "select last_ran_at from notices_tick where name='tick'"
            ).fetchall()
        if rows and rows[0][0]:
            return
        time.sleep(0.1)
    raise AssertionError("no tick in a minute")
