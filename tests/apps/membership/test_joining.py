"""Applying to join and what the committee says."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from docx import Document

from gonghui.apps.membership.actions.applications import (
    apply,
    apply_many,
    change_application,
)
from gonghui.apps.membership.actions.privacy import give_consent
from gonghui.apps.membership.flow import JOINING
from gonghui.apps.membership.models import Application, Way
from gonghui.apps.membership.queries.own import own_data
from gonghui.apps.membership.queries.privacy import consents_of
from gonghui.apps.organisation.actions.merging import merge_org
from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.flow.life import Refused
from gonghui.core.history.privacy import note_paper_consent
from gonghui.core.history.trail import history_of
from gonghui.core.notices.models import Notice
from gonghui.core.people.consents import consent_texts
from gonghui.core.people.ledger import current, open_books
from gonghui.core.people.models import Consent, Person, Scope
from gonghui.kit.errors import DomainError
from tests.factories.membership import ApplicationFactory

DAY = date(2026, 3, 2)


def worker_at(org, name="新工"):
    person = Person.objects.create(name=name, org=org, pinyin="xingong", initials="xg")
    open_books([person], day=date(2026, 1, 5))
    return person


def at(name, *args):
    return reverse(f"membership:application-{name}", args=args)


def text(response):
    return response.content.decode()


def test_an_application_is_approved_and_makes_a_member(cast):
    person = worker_at(cast.branch)
    application = apply(person, by=cast.actor("frank"), consent=True, applied_on=date(2026, 2, 1))
    assert current(person).standing == "worker"

    JOINING.perform(
        application, "approve", by=cast.actor("carol"), day=DAY, document="第九次委员会"
    )

    person.refresh_from_db()
    application.refresh_from_db()
    assert (current(person).standing, current(person).since) == ("member", DAY)
    assert (person.joined_on, application.state) == (DAY, "approved")
    assert (application.decided_on, application.decided_by) == (DAY, cast.carol)
    assert [e.verb for e in history_of(application)] == ["approve", "apply"]
    assert history_of(person)[0].verb == "join"


def test_who_applied_to_a_union_that_was_merged_joins_the_one_that_took_it_in(cast):
    person = worker_at(cast.second_branch)
    application = apply(person, by=cast.actor("frank"), consent=True, applied_on=date(2026, 2, 1))
    merge_org(cast.second_branch, cast.branch, by=cast.actor("frank"))

    today = timezone.localdate()
    JOINING.perform(application, "approve", by=cast.actor("frank"), day=today)

    assert (current(person).org, current(person).standing) == (cast.branch, "member")


def test_a_refusal_names_its_reason_and_leaves_a_worker(cast):
    application = apply(worker_at(cast.branch), by=cast.actor("frank"), consent=True)

    JOINING.perform(application, "refuse", by=cast.actor("carol"), reason="材料不全")

    application.refresh_from_db()
    assert (application.state, application.refusal) == ("refused", "材料不全")
    assert current(application.person).standing == "worker"
    assert apply(application.person, by=cast.actor("frank"), consent=True).state == "submitted"


def test_nobody_joins_against_their_will_twice_or_as_a_member(cast):
    person = worker_at(cast.branch)
    with pytest.raises(DomainError, match="须本人自愿"):
        apply(person, by=SYSTEM)
    with pytest.raises(DomainError, match="还没有到"):
        apply(person, by=SYSTEM, consent=True, applied_on=timezone.localdate() + timedelta(2))

    apply(person, by=SYSTEM, consent=True)

    with pytest.raises(DomainError, match="已有一份入会申请"):
        apply(person, by=SYSTEM, consent=True)
    with pytest.raises(DomainError, match="已经是会员"):
        apply(cast.alice, by=SYSTEM, consent=True)
    Person.objects.filter(pk=person.pk).update(left_on=DAY)
    with pytest.raises(DomainError, match="不在册"):
        apply(person, by=SYSTEM, consent=True)


def test_nobody_approves_their_own(cast):
    application = ApplicationFactory(person=cast.frank)

    with pytest.raises(Refused):
        JOINING.perform(application, "approve", by=cast.actor("frank"), day=DAY)


def test_an_approval_does_not_come_before_the_application(cast):
    application = apply(worker_at(cast.branch), by=SYSTEM, consent=True, applied_on=DAY)

    with pytest.raises(DomainError, match="不能早于申请日期"):
        JOINING.perform(application, "approve", by=cast.actor("frank"), day=DAY - timedelta(1))


def test_many_apply_each_on_their_own(cast):
    people = [worker_at(cast.branch, f"新工{n}") for n in range(3)]

    made, left = apply_many([*people, cast.alice], by=cast.actor("frank"))

    assert [one.person for one in made] == people
    assert [(person, "已经是会员" in why) for person, why in left] == [(cast.alice, True)]
    assert {one.way for one in made} == {Way.PAPER}


def test_a_paper_carries_the_consent_its_version_and_who_saw_it(cast):
    person = worker_at(cast.branch)

    application = apply(
        person,
        by=cast.actor("frank"),
        way=Way.PAPER,
        consent=True,
        applied_on=date(2026, 2, 1),
        seen_by=cast.bob,
    )

    assert (application.seen_by, application.consent_version) == (cast.bob, "2026-1")
    given = Consent.objects.get(person=person, scope=Scope.RECORD)
    assert (given.version, given.seen_by, localdate(given.given_at)) == (
        "2026-1", cast.bob, date(2026, 2, 1),
    )  # fmt: skip
    assert history_of(person)[0].changes["seen_by"] == str(cast.bob)
    asked, *_ = consents_of(person)
    assert asked.is_given
    assert own_data(person, Actor(person))["同意"] == [
        ("会员资料", "版本 2026-1，2026-02-01 00:00 书面同意（鲍博验看）")
    ]


def test_a_wish_that_was_only_said_is_heard_by_somebody_and_agrees_to_nothing(cast):
    person = worker_at(cast.branch)

    application = apply(person, by=cast.actor("frank"), way=Way.ORAL, consent=True)

    assert (application.seen_by, application.consent_version) == (cast.frank, "")
    assert not Consent.objects.filter(person=person).exists()
    changed = change_application(application, by=cast.actor("frank"), way=Way.PAPER)
    assert changed.consent_version == "2026-1"
    assert Consent.objects.get(person=person).seen_by == cast.frank


def test_who_agreed_themselves_is_not_agreed_for_again(cast):
    give_consent(cast.bob, Scope.RECORD, by=cast.actor("bob"))

    given = note_paper_consent(
        cast.bob, Scope.RECORD, signed_on=DAY, seen_by=cast.frank, by=cast.actor("frank")
    )

    assert given.seen_by is None
    assert Consent.objects.filter(person=cast.bob).count() == 1


def test_the_form_to_print_holds_the_text_with_its_version(cast):
    frank = cast.client("frank")
    assert at("paper") in text(frank.get(at("list")))

    sent = frank.get(at("paper"))

    words = "\n".join(p.text for p in Document(io.BytesIO(sent.content)).paragraphs)
    assert "（2026-1 版）" in words
    assert consent_texts()[Scope.RECORD].text[0] in words
    assert cast.client("alice").get(at("paper")).status_code == 404


def test_what_waits_is_corrected_and_what_is_decided_is_not(cast):
    application = apply(worker_at(cast.branch), by=SYSTEM, consent=True)

    changed = change_application(application, by=cast.actor("frank"), words="补充")
    assert changed.words == "补充"

    JOINING.perform(application, "refuse", by=cast.actor("frank"), reason="x")
    with pytest.raises(DomainError, match="已经办完"):
        change_application(application, by=cast.actor("frank"), words="再补充")


def test_the_committee_hears_of_it_and_the_person_of_the_answer(cast):
    person = cast.alice
    from_alice = ApplicationFactory(person=worker_at(cast.branch))
    application = apply(worker_at(cast.branch, "甲"), by=cast.actor("bob"), consent=True)
    assert list(Notice.objects.values_list("person__name", "title")) == [
        ("方兰", "入会申请：甲（一分会）")
    ]

    JOINING.perform(application, "approve", by=cast.actor("frank"), day=timezone.localdate())
    JOINING.perform(from_alice, "refuse", by=cast.actor("frank"), reason="材料不全")

    titles = set(Notice.objects.exclude(person=cast.frank).values_list("title", flat=True))
    assert titles == {"您的入会申请已批准", "新工的入会申请未批准"}
    assert person.notices.count() == 0


def test_a_unit_applies_for_a_person_through_the_screen(cast):
    person = worker_at(cast.branch)
    client = cast.client("frank")
    page = text(client.get(at("create") + f"?person={person.pk}"))
    assert 'value="新工（一分会）"' in page

    said = {"person": "新工", "way": "paper", "applied_on": "2026-02-01", "words": "自愿"}
    assert client.post(at("create"), said).status_code == 422
    client.post(at("create"), said | {"consent": "on"})

    application = Application.objects.get()
    assert (application.person, application.made_by) == (person, cast.frank)
    client.post(at("transition", application.pk, "approve"), {"day": "2026-02-05"})
    assert current(person).since == date(2026, 2, 5)


def test_members_and_strangers_are_not_offered(cast):
    response = cast.client("frank").post(
        at("create"),
        {"person": "艾丽", "way": "paper", "applied_on": "2026-02-01", "consent": "on"},
    )

    assert response.status_code == 422
    assert "没有找到" in text(response)


def test_many_are_approved_at_once(cast):
    applications = [
        apply(worker_at(cast.branch, f"新工{n}"), by=SYSTEM, consent=True) for n in range(3)
    ]
    client = cast.client("frank")
    address = at("list") + f"?org={cast.company.pk}&scope=below"
    chosen = {"bulk": "approve", "selected": [a.pk for a in applications], "sure": "1"}
    today = timezone.localdate()

    client.post(address, chosen | {"day": today.isoformat()}, follow=True)

    assert {one.state for one in Application.objects.all()} == {"approved"}
    assert {current(a.person).since for a in applications} == {today}


def test_many_apply_at_once_from_the_list_of_people(cast):
    people = [worker_at(cast.branch, f"新工{n}") for n in range(2)]
    address = reverse("membership:person-list") + f"?org={cast.company.pk}&scope=below"
    chosen = {"bulk": "apply", "selected": [p.pk for p in people], "sure": "1"}
    said = {"way": "paper", "applied_on": "2026-02-01", "consent": "on"}

    cast.client("frank").post(address, chosen | said, follow=True)

    made = Application.objects.order_by("pk")
    assert [one.person for one in made] == people
    assert {(one.way, one.made_by) for one in made} == {("paper", cast.frank)}
