"""The outbox: nothing is lost, nothing is tried for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from gonghui.core.notices import outbox
from gonghui.core.notices.inbox import tell
from gonghui.core.notices.models import Letter
from gonghui.core.notices.ticking import run_tick
from gonghui.core.people.models import Account


@pytest.fixture
def alice(cast):
    Account.objects.filter(username="alice").update(email="alice@example.org")
    return cast.alice


@pytest.fixture
def dead_server(settings):
    """A mail server nobody answers at: port 9 of this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1


def test_letter_carries_the_words_and_the_door(alice, settings):
    settings.SITE_ADDRESS = "https://gonghui.example.org/"
    tell([alice], kind="assigned", title="办理\n入会材料", body="请在月底前办好。", url="/plans/7/")

    assert str(outbox.send_due()) == "sent 1, failed 0"

    [sent] = mail.outbox
    assert sent.subject == "办理 入会材料"
    assert "请在月底前办好。" in sent.body
    assert sent.body.endswith("https://gonghui.example.org/plans/7/")
    assert sent.to == ["alice@example.org"]
    assert Letter.objects.get().state == Letter.State.SENT


def test_letters_go_out_with_the_scheduled_job(alice):
    tell([alice], kind="assigned", title="交办")

    outcomes = run_tick()

    assert [o.words for o in outcomes if o.job == "letters"] == ["sent 1, failed 0"]
    assert str(Letter.objects.get()) == "email alice@example.org"


def test_sent_letters_are_not_sent_again(alice):
    tell([alice], kind="assigned", title="交办")
    outbox.send_due()

    assert outbox.send_due(timezone.now() + timedelta(days=1)).sent == 0
    assert len(mail.outbox) == 1


def test_refused_letter_waits_longer_each_time_and_then_fails(alice, dead_server):
    tell([alice], kind="assigned", title="交办")
    now = timezone.now()
    waits = []
    for _ in range(outbox.MOST_TRIES):
        assert outbox.send_due(now).failed == 1
        letter = Letter.objects.get()
        waits.append(round((letter.next_try_at - now).total_seconds() / 60))
        now = letter.next_try_at

    assert waits == [1, 5, 30, 120, 480, 480]
    assert letter.state == Letter.State.FAILED
    assert "ConnectionRefusedError" in letter.error
    assert outbox.send_due(now + timedelta(days=9)).failed == 0


def test_letter_comes_through_once_the_server_is_back(alice, dead_server, settings):
    tell([alice], kind="assigned", title="交办")
    now = timezone.now()
    outbox.send_due(now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    outbox.send_due(now + timedelta(minutes=2))

    letter = Letter.objects.get()
    assert (letter.state, letter.error, letter.tries) == (Letter.State.SENT, "", 2)


def test_dead_server_is_not_asked_for_every_letter(cast, dead_server):
    for name in cast.names:
        Account.objects.filter(username=name).update(email=f"{name}@example.org")
    tell(cast.people.values(), kind="system", title="维护")

    assert outbox.send_due().failed == outbox.ENOUGH_FAILURES
    assert Letter.objects.filter(tries=0).count() == len(cast.names) - outbox.ENOUGH_FAILURES


def test_letter_claimed_by_a_process_that_died_is_sent_later(alice):
    tell([alice], kind="assigned", title="交办")
    now = timezone.now()
    assert outbox._claim(now) is not None  # and here the process dies

    assert outbox.send_due(now).sent == 0
    assert outbox.send_due(now + timedelta(minutes=2)).sent == 1


def test_letter_that_kills_every_process_ends(alice):
    tell([alice], kind="assigned", title="交办")
    now = timezone.now()
    for _ in range(outbox.MOST_TRIES):
        assert outbox._claim(now) is not None
        now += timedelta(days=1)

    outbox.send_due(now)

    letter = Letter.objects.get()
    assert letter.state == Letter.State.FAILED
    assert letter.error.endswith("发送多次中断")
    assert mail.outbox == []
