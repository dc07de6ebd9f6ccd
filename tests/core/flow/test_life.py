"""A life moves one way: locked, checked, recorded, told. The life here is a letter's."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms

from gonghui.core.access.actor import SYSTEM
from gonghui.core.flow import events
from gonghui.core.flow.life import Flow, Refused, Transition, awaiting, flows
from gonghui.core.history.trail import history_of
from gonghui.core.notices.models import Letter, Notice
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import Rule, everybody, nobody

mine = Rule(lambda actor: _mine(actor), "mine")


def _mine(actor):
    return everybody(actor) if actor.person and actor.person.name == "鲍博" else nobody(actor)


class Why(forms.Form):
    reason = forms.CharField(label="原因")


def note_error(letter, *, by, reason="", **_):
    if reason == "boom":
        raise DomainError("写不下去")
    letter.error = reason
    letter.save(update_fields=["error"])


STEPS = (
    Transition("send", "发出", ("waiting", "failed"), "sent", mine, is_main=True),
    Transition("fail", "失败", ("waiting",), "failed", mine, form=Why, effect=note_error),
    Transition("lose", "遗失", ("waiting",), "failed", nobody),
)


@pytest.fixture
def life():
    """A flow that leaves the registry as it found it."""
    flow = Flow(Letter, STEPS)
    yield flow
    del flows._things["notices.letter"]


@pytest.fixture
def letter(cast):
    notice = Notice.objects.create(person=cast.bob, kind="test", title="试信")
    return Letter.objects.create(notice=notice, channel="email", address="a@b.example")


def test_a_step_changes_the_state_and_leaves_an_entry(cast, life, letter):
    after = life.perform(letter, "fail", by=cast.actor("bob"), reason="没有这个地址", note="")

    letter.refresh_from_db()
    assert (after.state, letter.state, letter.error) == ("failed", "failed", "没有这个地址")
    entry = history_of(letter).get()
    assert (entry.verb, entry.by) == ("fail", cast.bob)
    assert entry.changes == {"state": ["waiting", "failed"], "reason": "没有这个地址"}


def test_answers_that_are_records_are_kept_by_name(cast, life, letter):
    life.perform(letter, "fail", by=cast.actor("bob"), to=cast.carol)

    assert history_of(letter).get().changes["to"] == "柯洛"


def test_open_to_asks_once_and_names_the_open_steps(cast, life, letter, django_assert_num_queries):
    bob = cast.actor("bob")
    life.open_to(bob, letter)  # whose posts these are is read once

    with django_assert_num_queries(1):
        assert [step.name for step in life.open_to(bob, letter)] == ["send", "fail"]
    assert life.open_to(cast.actor("alice"), letter) == []


def test_open_to_asks_nothing_where_no_step_begins(cast, life, letter, django_assert_num_queries):
    letter.state, bob = "sent", cast.actor("bob")

    with django_assert_num_queries(0):
        assert life.open_to(bob, letter) == []


@pytest.mark.parametrize(("who", "name"), [("alice", "send"), ("bob", "lose"), ("bob", "unknown")])
def test_what_is_not_open_is_refused_and_changes_nothing(cast, life, letter, who, name):
    with pytest.raises(Refused, match="这一步现在不能办"):
        life.perform(letter, name, by=cast.actor(who))

    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert not history_of(letter).exists()


def test_the_guard_is_asked_of_the_row_as_it_is_now(cast, life, letter):
    stale = Letter.objects.get(pk=letter.pk)
    life.perform(letter, "send", by=cast.actor("bob"))

    with pytest.raises(Refused):
        life.perform(stale, "send", by=cast.actor("bob"))
    with pytest.raises(Refused):
        life.perform(letter, "send", by=SYSTEM)


def test_a_failing_effect_undoes_the_step(cast, life, letter):
    with pytest.raises(DomainError, match="写不下去"):
        life.perform(letter, "fail", by=cast.actor("bob"), reason="boom")

    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert not history_of(letter).exists()


def told_of_days(letter, day):
    return f"信还在路上，{day} 不能重发。" if letter.error != "到了" else ""


@pytest.fixture
def waiting_life():
    """A flow of one step that waits for what the row says."""
    step = Transition("send", "发出", ("waiting",), "sent", mine, waits=told_of_days)
    yield Flow(Letter, (step,))
    del flows._things["notices.letter"]


def test_a_step_that_waits_is_refused_with_its_reason(cast, waiting_life, letter):
    with pytest.raises(DomainError, match=r"2026-05-04 不能重发"):
        waiting_life.perform(letter, "send", by=cast.actor("bob"), on=date(2026, 5, 4))
    letter.refresh_from_db()
    assert letter.state == "waiting"

    Letter.objects.update(error="到了")  # the row as it is now is asked, not the one in hand
    assert waiting_life.perform(letter, "send", by=cast.actor("bob")).state == "sent"


def test_who_may_not_take_a_step_is_not_told_what_it_waits_for(cast, waiting_life, letter):
    with pytest.raises(Refused, match="这一步现在不能办"):
        waiting_life.perform(letter, "send", by=cast.actor("alice"))


def test_listeners_hear_a_step_inside_its_transaction(cast, life, letter, monkeypatch):
    heard = []
    monkeypatch.setattr(events, "_handlers", events.defaultdict(list))

    @events.on("notices.letter", "fail")
    def listen(subject, *, by, **details):
        heard.append((subject.state, by.person, details))

    life.perform(letter, "fail", by=cast.actor("bob"), reason="无")

    assert heard == [("failed", cast.bob, {"reason": "无"})]
    assert events.listened() == [("notices.letter", "fail")]


def test_a_listener_that_fails_undoes_the_step(cast, life, letter, monkeypatch):
    monkeypatch.setattr(events, "_handlers", events.defaultdict(list))

    @events.on("notices.letter", "send")
    def listen(subject, *, by, **details):
        raise DomainError("听不下去")

    with pytest.raises(DomainError):
        life.perform(letter, "send", by=cast.actor("bob"))
    letter.refresh_from_db()
    assert letter.state == "waiting"


def test_awaiting_lists_what_one_of_the_steps_waits_for(cast, life, letter):
    sent = Letter.objects.create(notice=letter.notice, channel="email", state="sent")
    failed = Letter.objects.create(notice=letter.notice, channel="email", state="failed")

    assert set(awaiting(life, cast.actor("bob"), ("send", "fail"))) == {letter, failed}
    assert sent not in awaiting(life, cast.actor("bob"), ("send",))
    assert not awaiting(life, cast.actor("alice"), ("send", "fail")).exists()


def test_a_flow_tells_its_labels_and_draws_itself(life):
    assert life.label_of("send") == "发出"
    assert life.label_of("update") is None
    assert life.mermaid().splitlines()[:3] == [
        "stateDiagram-v2",
        "    waiting: 待发",
        "    sent: 已发",
    ]
    assert "    failed --> sent: 发出" in life.mermaid()


def test_two_steps_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match="two transitions share a name"):
        Flow(Letter, (STEPS[0], STEPS[0]))
    assert "notices.letter" not in flows


def test_one_model_has_one_life(life):
    with pytest.raises(ValueError, match="registered twice"):
        Flow(Letter, STEPS)
