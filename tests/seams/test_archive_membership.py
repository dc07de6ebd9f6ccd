"""A degree confirmed in the archive is the person's education, for as long as it is confirmed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gonghui.apps.archive.flow import LIFE
from gonghui.apps.membership.actions.record import change_record
from gonghui.apps.mentoring.models import DegreeTarget
from gonghui.apps.mentoring.queries.degrees import standing_of
from gonghui.core.access.models import Role
from gonghui.core.history.trail import history_of
from gonghui.core.people.education import RANKS, is_higher
from gonghui.core.people.models import Correction, Education, Particulars
from tests.factories.archive import PieceFactory

pytestmark = pytest.mark.django_db


def degree(cast, grade: str = "大学本科", kind: str = "degree"):
    return PieceFactory(
        person=cast.alice, org=cast.company, kind=kind, state="handed_in", title="机械工程",
        author="市职工大学", grade=grade,
    )  # fmt: skip


def education(cast) -> str:
    return Particulars.objects.filter(person=cast.alice).values_list("education", flat=True).first()


def test_who_keeps_people_confirms_and_it_is_on_record(cast):
    Particulars.objects.create(person=cast.alice, education="30")
    target = DegreeTarget(org=cast.branch, qualifying="30", over=10)
    assert standing_of(target).counted.higher == 0

    LIFE.perform(degree(cast), "confirm", by=cast.actor("frank"))

    assert education(cast) == "20"
    assert standing_of(target).counted.higher == 1
    assert Correction.objects.count() == 0
    entry = history_of(cast.alice).first()
    assert entry.changes["education"] == ["大学专科", "大学本科"]


def test_lower_degree_and_other_pieces_leave_it(cast):
    Particulars.objects.create(person=cast.alice, education="20")

    LIFE.perform(degree(cast, "大学专科"), "confirm", by=cast.actor("frank"))
    LIFE.perform(degree(cast, "研究生", kind="award"), "confirm", by=cast.actor("frank"))
    LIFE.perform(degree(cast, "函授毕业"), "confirm", by=cast.actor("frank"))

    assert education(cast) == "20"


def test_who_may_not_keep_people_asks_those_who_may(cast):
    Role.objects.filter(name="分会主席").update(capabilities=["learning.view", "learning.write"])
    bob = cast.actor("bob")

    LIFE.perform(degree(cast), "confirm", by=bob)
    LIFE.perform(degree(cast, "研究生"), "confirm", by=bob)

    assert education(cast) is None
    asked = Correction.objects.get()
    page = reverse("membership:correction-detail", args=[asked.pk])
    assert "市职工大学机械工程" in cast.client("frank").get(page).content.decode()
    cast.client("frank").post(
        reverse("membership:correction-transition", args=[asked.pk, "approve"]), {"answer": ""}
    )
    assert education(cast) == "20"


def send_back(cast, piece, who: str = "frank") -> None:
    LIFE.perform(piece, "return", by=cast.actor(who), reason="证书编号查不到")


def test_degree_sent_back_brings_back_what_stood_before(cast):
    Particulars.objects.create(person=cast.alice, education="30")
    piece = degree(cast)
    LIFE.perform(piece, "confirm", by=cast.actor("frank"))

    send_back(cast, piece)

    assert education(cast) == "30"
    entry = history_of(cast.alice).first()
    assert entry.changes["education"] == ["大学本科", "大学专科"]
    assert "证书编号查不到" in entry.changes["reason"]


def test_degrees_sent_back_one_after_the_other_lead_back_to_the_start(cast):
    Particulars.objects.create(person=cast.alice, education="30")
    first, second = degree(cast), degree(cast, "研究生")
    LIFE.perform(first, "confirm", by=cast.actor("frank"))
    LIFE.perform(second, "confirm", by=cast.actor("frank"))

    send_back(cast, first)
    assert education(cast) == "10"
    send_back(cast, second)

    assert education(cast) == "30"


def test_what_another_degree_proves_stays(cast):
    high, low = degree(cast, "研究生"), degree(cast, "大学专科")
    LIFE.perform(high, "confirm", by=cast.actor("frank"))
    LIFE.perform(low, "confirm", by=cast.actor("frank"))

    send_back(cast, high)

    assert education(cast) == "30"
    send_back(cast, low)
    assert education(cast) == ""


def test_what_somebody_wrote_since_stays(cast):
    piece = degree(cast)
    LIFE.perform(piece, "confirm", by=cast.actor("frank"))
    change_record(cast.alice, by=cast.actor("frank"), education="30")
    change_record(cast.alice, by=cast.actor("frank"), education="20")

    send_back(cast, piece)

    assert education(cast) == "20"


def test_degree_sent_back_unconfirmed_changes_nothing(cast):
    Particulars.objects.create(person=cast.alice, education="20")

    send_back(cast, degree(cast))

    assert education(cast) == "20"
    assert not history_of(cast.alice).filter(changes__has_key="education").exists()


def test_what_was_asked_on_it_is_let_go_and_the_next_proof_asked(cast):
    Role.objects.filter(name="分会主席").update(capabilities=["learning.view", "learning.write"])
    bob, first, second = cast.actor("bob"), degree(cast, "研究生"), degree(cast)
    LIFE.perform(first, "confirm", by=bob)
    LIFE.perform(second, "confirm", by=bob)

    send_back(cast, first, "bob")

    asked = {one.wanted.reveal(): one.state for one in Correction.objects.all()}
    assert asked == {"10": "taken_back", "20": "asked"}


def test_who_may_not_keep_people_asks_to_empty_what_nobody_knew(cast):
    piece = degree(cast)
    LIFE.perform(piece, "confirm", by=cast.actor("frank"))
    Role.objects.filter(name="分会主席").update(capabilities=["learning.view", "learning.write"])

    send_back(cast, piece, "bob")

    assert education(cast) == "20"
    asked = Correction.objects.get()
    page = reverse("membership:correction-detail", args=[asked.pk])
    assert "空白，不再登记" in cast.client("frank").get(page).content.decode()
    cast.client("frank").post(
        reverse("membership:correction-transition", args=[asked.pk, "approve"]), {"answer": ""}
    )
    assert education(cast) == ""


def test_form_offers_the_words_of_the_record_and_keeps_an_older_one(cast):
    piece = PieceFactory(person=cast.alice, org=cast.company, kind="degree", state="draft")
    url = reverse("archive:my-piece", args=[piece.pk])

    page = cast.client("alice").get(url).content.decode()
    assert '<option value="大学本科">' in page
    assert "其他</option>" not in page
    piece.grade = "函授"
    piece.save()

    assert '<option value="函授" selected>' in cast.client("alice").get(url).content.decode()


def test_every_level_but_other_has_a_rank():
    assert set(RANKS) == set(Education.values) - {Education.E90}


@pytest.mark.parametrize(
    ("code", "than", "higher"),
    [("20", "30", True), ("80", "", True), ("30", "90", True), ("40", "60", False),
     ("60", "40", False), ("90", "", False), ("20", "20", False)],
)  # fmt: skip
def test_which_education_is_higher(code, than, higher):
    assert is_higher(code, than) is higher
