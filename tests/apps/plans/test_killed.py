"""A server killed in the middle: after it all of a plan is there, or none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.schema import lay_copy

pytestmark = pytest.mark.slow

Run = Callable[[str], "subprocess.CompletedProcess[str]"]
BEGIN = """
import os
import django
django.setup()
"""
PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.cast import make_cast
make_cast()
"""
SAVE = """
from datetime import date
from gonghui.apps.plans import actions
from gonghui.apps.plans.actions import items
from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.kit.blocks import plain_blocks
plan = actions.create_plan(Org.objects.get(name="安澜机械公司工会"), title="计划", kind="annual",
                           starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), by=Actor(None))
text = "计划\\n一、章\\n1、事；\\n2、事；\\n"
actions.read_into(plan, plain_blocks(text), source=text, name="x", by=Actor(None))
actions.save_outline(plan, by=Actor(None))
print("SAVED", flush=True)
items.set_turns = lambda *said: os.kill(os.getpid(), 9)
actions.save_outline(plan, by=Actor(None))
"""
UPLOAD = """
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from gonghui.apps.plans.models import Draft, Plan
from gonghui.apps.plans.screens import plans
from gonghui.core.people.models import Account
def die(*said, **more):
    print(Plan.objects.count(), Draft.objects.get().revision, flush=True)
    os.kill(os.getpid(), 9)
plans.attach = die
client = Client(SERVER_NAME="localhost")
client.force_login(Account.objects.get(username="frank"))
paper = SimpleUploadedFile("计划.txt", "计划\\n一、章\\n1、事；\\n".encode())
client.post("/plans/plan/new/", {"kind": "annual", "org": "安澜机械公司工会", "file": paper,
                                 "starts_on": "2026-01-01", "ends_on": "2026-12-31"})
"""
COUNT = """
from gonghui.apps.plans.models import Draft, Item, Plan
from gonghui.core.files.models import Attachment
from gonghui.core.history.models import Entry
saved = [draft.saved_revision for draft in Draft.objects.all()]
entries = Entry.objects.filter(content_type__app_label="plans").count()
print(Plan.objects.count(), Item.objects.count(), saved, Attachment.objects.count(), entries > 0)
"""


@pytest.fixture
def run(tmp_path) -> Run:
    """Runs a piece of code as a process of its own on a database of its own."""
    database = tmp_path / "killed.sqlite3"
    lay_copy(database)
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "GONGHUI_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "gonghui.site.settings_test",
    }

    def run(code: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", BEGIN + code], env=environment, capture_output=True, text=True
        )

    prepared = run(PREPARE)
    assert prepared.returncode == 0, prepared.stderr
    return run


def test_killed_while_saving_leaves_the_whole_plan_as_it_was(run):
    killed = run(SAVE)

    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "SAVED\n")
    assert run(COUNT).stdout.strip() == "1 3 [2] 0 True"


def test_killed_while_reading_a_file_in_leaves_nothing(run):
    killed = run(UPLOAD)

    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "1 2\n")
    assert run(COUNT).stdout.strip() == "0 0 [] 0 False"
