"""The register of hardship: who may know of it, and the illness that is shown once at a time."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from gonghui.apps.care.api import open_file
from gonghui.apps.care.models import Hardship
from gonghui.apps.membership.actions.privacy import give_consent, withdraw_consent
from gonghui.apps.membership.queries.own import own_data
from gonghui.core.access.capabilities import SHIPPED_ROLES
from gonghui.core.history.trail import history_of
from gonghui.core.people.models import Consent, Reveal
from gonghui.core.people.tags import words_on
from gonghui.kit.errors import DomainError
from tests.factories.care import HardshipFactory
from tests.factories.core import EntryFactory
from tests.factories.organisation import GrantFactory, RoleFactory

DAY = date(2026, 6, 1)
SAID = {
    "grade": "deep",
    "cause": "own_illness",
    "since": "2026-01-05",
    "approval": "安工帮〔2026〕1号",
}


def test_word_holds_while_the_file_is_open_and_is_for_those_who_may_know(cast):
    HardshipFactory(
        person=cast.alice, since=date(2025, 3, 1), until=date(2026, 6, 1), ending="overcome"
    )

    def words(day, by):
        return words_on(cast.alice, day, cast.actor(by))

    assert words(date(2025, 2, 28), "frank") == []
    assert words(date(2025, 3, 1), "frank") == ["困难职工"]
    assert words(date(2026, 6, 1), "frank") == ["困难职工"]
    assert words(date(2026, 6, 2), "frank") == []
    assert words(DAY, "grace") == []  # sees people, not this
    assert words(DAY, "dave") == []  # keeps the register of another city


def test_file_needs_its_paper_and_there_is_one_open(cast):
    chair = cast.client("frank")
    url = reverse("care:hardship-create")
    said = {"person": f"艾丽 #{cast.alice.pk}", **SAID}

    made = chair.post(url, said)
    again = chair.post(url, said)

    file = Hardship.objects.get()
    assert made.url == reverse("care:hardship-detail", args=[file.pk])
    assert (file.org, file.illness) == (cast.branch, None)
    assert again.status_code == 422
    assert "没有销档" in again.content.decode()


def test_illness_waits_for_the_persons_own_consent(cast):
    chair = cast.client("frank")
    url = reverse("care:hardship-create")
    said = {"person": f"艾丽 #{cast.alice.pk}", **SAID, "illness": "慢性肾衰竭"}

    refused = chair.post(url, said)
    assert refused.status_code == 422
    assert "单独同意" in refused.content.decode()
    give_consent(cast.alice, "health", by=cast.actor("alice"))
    chair.post(url, said)

    file = Hardship.objects.get()
    assert file.illness.reveal() == "慢性肾衰竭"
    with connection.cursor() as cursor:
        cursor.execute("SELECT illness FROM care_hardship")
        assert "慢性肾衰竭".encode() not in bytes(cursor.fetchone()[0])


def test_consent_on_paper_is_put_on_record_with_who_saw_it(cast):
    said = {**SAID, "illness": "慢性肾衰竭", "signed_on": "2026-01-04"}

    cast.client("frank").post(
        reverse("care:hardship-create"), {"person": f"艾丽 #{cast.alice.pk}", **said}
    )

    consent = Consent.objects.get(person=cast.alice, scope="health")
    assert (consent.seen_by, consent.withdrawn_at) == (cast.frank, None)
    assert Hardship.objects.get().illness is not None
    # Many read the history of a person: it does not tell that an illness is kept.
    assert [entry.changes["scope"] for entry in history_of(cast.alice)] == ["单独同意"]


def test_illness_is_on_no_page_and_shown_once_with_its_reason(cast):
    file = HardshipFactory(person=cast.alice, illness="慢性肾衰竭")
    chair = cast.client("frank")
    page = chair.get(reverse("care:hardship-detail", args=[file.pk])).content.decode()
    url = reverse("care:hardship-illness", args=[file.pk])

    refused = chair.post(url, {"reason": "看看"})
    shown = chair.post(url, {"reason": "医疗救助审核"})

    assert "慢性肾衰竭" not in page
    assert url in page
    assert (refused.status_code, "慢性肾衰竭" in refused.content.decode()) == (422, False)
    assert "慢性肾衰竭" in shown.content.decode()
    look = Reveal.objects.get()
    assert (look.person, look.by, look.field) == (cast.alice, cast.frank, "illness")
    own = cast.client("alice").get(reverse("membership:own")).content.decode()
    assert "看了病情" in own


@pytest.mark.parametrize("who", ["alice", "bob", "grace", "dave", "mallory"])
def test_illness_opens_to_nobody_else(cast, who):
    """Not even to the person by this door: their own data are theirs by another."""
    file = HardshipFactory(person=cast.alice, illness="慢性肾衰竭")

    response = cast.client(who).post(
        reverse("care:hardship-illness", args=[file.pk]), {"reason": "医疗救助审核"}
    )

    assert response.status_code == 404
    assert not Reveal.objects.exists()


def test_file_without_an_illness_has_nothing_to_show(cast):
    file = HardshipFactory(person=cast.alice)

    response = cast.client("frank").post(
        reverse("care:hardship-illness", args=[file.pk]), {"reason": "医疗救助审核"}
    )

    assert "还没有登记" in response.content.decode()


def test_taking_the_consent_back_deletes_the_illness_at_once(cast):
    file = HardshipFactory(person=cast.alice, illness="慢性肾衰竭")
    me = cast.actor("alice")
    give_consent(cast.alice, "health", by=me)
    give_consent(cast.alice, "record", by=me)

    withdraw_consent(cast.alice, "record", by=me)
    file.refresh_from_db()
    assert file.illness is not None
    withdraw_consent(cast.alice, "health", by=me)

    file.refresh_from_db()
    assert file.illness is None


def test_own_data_open_the_illness(cast):
    HardshipFactory(person=cast.alice, illness="慢性肾衰竭")

    assert own_data(cast.alice, cast.actor("alice"))["困难职工档案"] == [
        ("相对困难", "本人大病，2025-03-01 起"),
        ("病情", "慢性肾衰竭"),
    ]


def test_history_of_a_file_is_for_those_who_may_know_of_it(cast):
    file = HardshipFactory(person=cast.alice)
    entry = EntryFactory(subject=file, by=cast.actor("frank"))
    plain = EntryFactory(subject=cast.alice, by=cast.actor("frank"))
    reader = RoleFactory(capabilities=["history.view"])
    GrantFactory(person=cast.grace, role=reader, org=cast.company)
    url = reverse("backoffice:entry-list")

    def seen(name):
        page = cast.client(name).get(url, {"scope": "below"})
        return {row.record.pk for row in page.context["table"].page}

    assert seen("grace") & {entry.pk, plain.pk} == {plain.pk}
    assert seen("frank") >= {entry.pk, plain.pk}


def test_few_roles_know_of_hardship():
    assert sorted(name for name, may in SHIPPED_ROLES.items() if "care.view" in may) == [
        "上级工会",
        "工会主席",
    ]


def test_seams_open_a_file_with_an_illness_on_a_signed_paper_alone(cast):
    by = cast.actor("frank")
    said = {"grade": "deep", "cause": "own_illness", "since": DAY, "approval": "工会委员会会议"}

    with pytest.raises(DomainError, match="单独同意"):
        open_file(cast.alice, by=by, illness="慢性病", **said)
    assert Hardship.objects.count() == 0
    file = open_file(cast.alice, by=by, illness="慢性病", signed_on=DAY, **said)

    assert file.illness.reveal() == "慢性病"
    assert Consent.objects.get(person=cast.alice, scope="health").seen_by == cast.frank
    entry = history_of(file).get()
    assert (entry.verb, entry.by) == ("create", cast.frank)
    assert "慢性病" not in str(entry.changes)
