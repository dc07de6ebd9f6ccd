"""A degree confirmed in the archive is the person's education, once, and never a lower one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gonghui.apps.archive.flow import LIFE
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
