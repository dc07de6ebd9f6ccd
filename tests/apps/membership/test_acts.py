"""What an officer enters in a ledger on a person's page, and what each act asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gonghui.apps.membership.actions import ledger
from gonghui.core.access.actor import SYSTEM
from gonghui.core.history.trail import history_of
from gonghui.core.people.ledger import Said, current, enter
from gonghui.core.people.models import Act, LedgerEntry, Person
from gonghui.kit.errors import DomainError
from tests.factories.organisation import PostFactory

DAY = date(2026, 3, 2)


def act(cast, name, person=None, who="frank", **said):
    address = reverse("membership:person-act", args=[(person or cast.alice).pk, name])
    return cast.client(who).post(address, {"day": DAY.isoformat()} | said)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("name", "said", "standing"),
    [
        ("retain", {"ground": "退休"}, "retained"),
        ("quit", {"document": "委员会第3次会议", "card_returned": "on"}, "worker"),
        ("lapse", {"unpaid_since": "2025-08-01", "talked_on": "2026-01-05"}, "worker"),
        (
            "expel",
            {
                "reason": "判刑",
                "discussed_on": "2026-02-01",
                "document": "决定2号",
                "filed_on": "2026-03-05",
            },
            "worker",
        ),
        ("leave", {"reason": "辞职"}, None),
        ("die", {}, None),
    ],
)
def test_each_act_changes_the_standing_and_says_so_in_the_history(cast, name, said, standing):
    response = act(cast, name, **said)

    assert response.status_code == 302, text(response)
    here = current(cast.alice)
    assert (here.standing if here else None) == standing
    entry = history_of(cast.alice)[0]
    assert (entry.verb, entry.changes["on"]) == (name, DAY.isoformat())
    assert LedgerEntry.objects.filter(person=cast.alice).last().made_by == cast.frank


def test_a_kept_membership_is_resumed(cast):
    act(cast, "retain", ground="服兵役")

    act(cast, "resume", day="2026-04-01")

    assert current(cast.alice).standing == "member"
    assert cast.alice.ledger.get(act="retain").reason == "服兵役"


def test_who_left_is_entered_again(cast):
    act(cast, "leave")

    act(cast, "enter", day="2026-05-01")

    person = Person.objects.get(pk=cast.alice.pk)
    assert (person.left_on, current(person).standing) == (None, "worker")
    assert history_of(person)[0].verb == "reenter"


def test_whose_membership_ends_holds_no_posts(cast):
    post = PostFactory(person=cast.alice)

    act(cast, "quit", document="会议")

    post.refresh_from_db()
    assert post.until == DAY


def test_an_automatic_leave_needs_its_months_and_its_talk(cast):
    early = act(cast, "lapse", unpaid_since="2025-12-01", talked_on="2026-01-05")
    assert "还不满" in text(early)
    wrong = act(cast, "lapse", unpaid_since="2025-08-01", talked_on="2025-07-01")
    assert "教育谈话应在" in text(wrong)

    assert current(cast.alice).standing == "member"


@pytest.mark.parametrize(
    "dates",
    [
        {"discussed_on": "2026-03-03"},
        {"discussed_on": "2026-02-01", "filed_on": "2026-03-01"},
    ],
)
def test_an_expulsion_keeps_its_order(cast, dates):
    response = act(cast, "expel", reason="判刑", document="决定2号", **dates)

    assert "顺序应是" in text(response)


def test_what_the_ledger_refuses_is_said_on_the_page(cast):
    response = act(cast, "resume")

    assert response.status_code == 422
    assert "会籍没有保留" in text(response)


def test_an_entry_made_in_error_is_taken_back(cast):
    act(cast, "leave")
    entry = cast.alice.ledger.get(act="leave")
    address = reverse("membership:entry-revoke", args=[entry.pk])

    cast.client("frank").post(address, {"reason": "登记错了人"})

    assert current(cast.alice).standing == "member"
    assert Person.objects.get(pk=cast.alice.pk).left_on is None
    assert cast.client("frank").get(address).status_code == 404
    assert history_of(cast.alice)[0].changes["reason"] == "登记错了人"


def test_the_first_entry_is_not_taken_back(cast):
    address = reverse("membership:entry-revoke", args=[cast.alice.ledger.get().pk])

    response = cast.client("frank").post(address, {"reason": "x"})

    assert "唯一的一条" in text(response)


@pytest.mark.parametrize("who", ["bob", "grace", "dave", "mallory", "alice"])
def test_acts_are_for_who_may(cast, who):
    for name in ("retain", "quit", "expel", "leave"):
        assert act(cast, name, who=who, person=cast.frank).status_code == 404
    entry = cast.frank.ledger.get()
    address = reverse("membership:entry-revoke", args=[entry.pk])
    assert cast.client(who).get(address).status_code == 404


def test_the_page_offers_what_may_be_done_now(cast):
    def offered(who):
        page = cast.client(who).get(reverse("membership:person-detail", args=[cast.alice.pk]))
        panel = next(p for p in page.context["panels"] if p.title == "会籍")
        return [label for label, _ in [*panel.context["deeds"], *panel.context["doors"]]]

    assert offered("frank") == [
        "保留会籍",
        "退会",
        "自动退会",
        "除名",
        "离开",
        "去世",
        "会籍转接",
    ]
    assert offered("bob") == []
    enter(cast.alice, Said(Act.RETAIN, DAY))
    assert "恢复会籍" in offered("frank")
    assert "保留会籍" not in offered("frank")
    assert (
        cast.client("frank")
        .get(reverse("membership:person-act", args=[cast.alice.pk, "dance"]))
        .status_code
        == 404
    )


def test_an_entry_keeps_its_paper_and_reason(cast):
    made = ledger.enter(
        cast.alice, Act.RETAIN, by=SYSTEM, day=DAY, reason="退休", document="退休证"
    )

    assert made.reason == "退休证；退休"
    with pytest.raises(DomainError, match="已经保留"):
        ledger.enter(cast.alice, Act.RETAIN, by=SYSTEM, day=DAY + timedelta(days=1))
