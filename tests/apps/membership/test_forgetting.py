"""A name that is removed goes from what other records keep of it as well (decision 0036)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.membership.actions.anonymising import anonymise
from gonghui.apps.membership.actions.merging import merge_people, undo_merge
from gonghui.apps.membership.actions.privacy import give_consent, withdraw_consent
from gonghui.core.access.actor import SYSTEM
from gonghui.core.credits.models import Credit
from gonghui.core.files.models import Attachment
from gonghui.core.files.store import attach
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import broken_link, history_of, record
from gonghui.core.notices.models import Notice
from gonghui.core.people.ledger import Said, enter
from gonghui.core.people.models import Correction, Identity, Person
from gonghui.kit.errors import DomainError
from tests.factories.archive import VolumeFactory
from tests.factories.credits import CreditFactory
from tests.factories.membership import TransferFactory
from tests.factories.mentoring import PairFactory
from tests.factories.organisation import PersonFactory
from tests.factories.record import IdentityFactory
from tests.factories.signing import RegistrationFactory
from tests.factories.titles import TitleFactory


@pytest.fixture
def gone(cast):
    """Alice left and took back what her record rested on."""
    give_consent(cast.alice, "record", by=cast.actor("alice"))
    withdraw_consent(cast.alice, "record", by=cast.actor("alice"))
    enter(cast.alice, Said("leave", timezone.localdate()))
    return Person.objects.get(pk=cast.alice.pk)


def test_after_anonymising_no_record_of_others_says_the_name(cast, gone):
    """Titles, volumes with their file, histories, messages and credits of those one dealt with."""
    longer = PersonFactory(name="艾丽华", org=cast.company)
    pair = PairFactory(mentor=cast.bob, apprentice=gone, org=cast.company)
    record(
        pair, "create", by=SYSTEM, changes={"apprentice": [None, "艾丽"], "also": "艾丽华、艾丽"}
    )
    registration = RegistrationFactory(person=gone, companion_names=["艾小宝"], companions=1)
    record(registration.activity, "list", by=SYSTEM, changes={"people": "艾丽（领队）"})
    Notice.objects.create(person=cast.bob, kind="y", title="艾丽要出师了", url="/mentoring/my/")
    CreditFactory(person=cast.bob, record=pair, words="带艾丽出师")
    door = reverse("mentoring:pair-detail", args=[pair.pk])
    Notice.objects.create(
        person=cast.bob, kind="x", title="鲍博带艾丽", body="艾丽华也来", url=door
    )
    title = TitleFactory(person=gone, name="艾丽")
    volume = VolumeFactory(person=gone, name="艾丽")
    kept = attach(
        volume, ContentFile(b"%PDF-1.7 x", name="a.pdf"), name="艾丽.pdf", by=SYSTEM, role="volume"
    )
    path = kept.file.path

    with TestCase.captureOnCommitCallbacks(execute=True):
        anonymise(gone, reason="保存期限已满", by=cast.actor("frank"))

    said = "".join(str(entry.changes) for entry in Entry.objects.all()).replace("艾丽华", "")
    assert "艾丽" not in said
    assert history_of(pair)[0].changes["also"] == "艾丽华、已注销人员"
    assert broken_link(pair) is None
    notice = Notice.objects.get(kind="x")
    assert (notice.title, notice.body) == ("鲍博带已注销人员", "艾丽华也来")
    assert Notice.objects.get(kind="y").title == "已注销人员要出师了"
    assert Credit.objects.get(person=cast.bob).words == "带已注销人员出师"
    for row in (title, volume, registration):
        row.refresh_from_db()
    assert (title.name, volume.name) == ("已注销人员", "已注销人员")
    assert (registration.companion_names, registration.companions) == ([], 1)
    assert not Attachment.objects.exists()
    assert not Path(path).exists()
    assert Person.objects.get(pk=longer.pk).name == "艾丽华"


def test_what_others_wrote_in_ones_own_records_says_the_name_no_more(cast, gone):
    refused = TransferFactory(
        person=gone, org=cast.branch, to=cast.second_branch, state="refused",
        reason="艾丽调去二分会", refusal="艾丽华代办，艾丽本人没有来",
    )  # fmt: skip
    full = TransferFactory(person=gone, state="withdrawn", reason="艾丽" * 100)
    PersonFactory(name="艾丽华", org=cast.company)
    other = TransferFactory(person=cast.bob, reason="和艾丽一起调动")

    anonymise(gone, reason="保存期限已满", by=cast.actor("frank"))

    for row in (refused, full, other):
        row.refresh_from_db()
    assert refused.reason == "已注销人员调去二分会"
    assert refused.refusal == "艾丽华代办，已注销人员本人没有来"
    assert full.reason == "已注销人员" * 40  # as much as the column holds
    assert other.reason == "和艾丽一起调动"  # a namesake's, for all that is known


def test_what_was_asked_to_be_corrected_is_let_go_with_the_name(cast, gone):
    said = {"person": gone, "wanted": "艾莉", "reason": "写错了", "asked_at": timezone.now()}
    name = Correction.objects.create(field="name", **said)
    done = Correction.objects.create(field="mobile", state="refused", **said)

    anonymise(gone, reason="保存期限已满", by=cast.actor("frank"))

    name.refresh_from_db()
    done.refresh_from_db()
    assert (name.state, name.wanted, done.state) == ("taken_back", None, "refused")
    page = cast.client("frank").get(reverse("membership:correction-detail", args=[name.pk]))
    assert "批准更正" not in page.content.decode()

    late = Correction.objects.create(person=gone, field="name", reason="", asked_at=timezone.now())
    door = reverse("membership:correction-transition", args=[late.pk, "approve"])
    refused = cast.client("frank").post(door, {"answer": ""}, follow=True)

    assert "资料已经注销，不能再修改。" in refused.content.decode()
    assert Person.objects.get(pk=gone.pk).name == "已注销人员"


def test_a_duplicate_is_forgotten_with_the_record_it_was_merged_into(cast, gone):
    twin = PersonFactory(name="艾莉", org=gone.org)
    IdentityFactory(person=twin)
    merge = merge_people(gone, twin, by=cast.actor("frank"), choices={"name": "gone"})
    page = reverse("membership:person-anonymise", args=[gone.pk])
    shown = cast.client("frank").get(page).content.decode()
    assert "并入这条记录的重复记录（1 条）" in shown
    assert "按编号仍可核对真假" in shown

    anonymise(Person.objects.get(pk=gone.pk), reason="保存期限已满", by=cast.actor("frank"))

    assert set(Person.objects.filter(pk__in=[gone.pk, twin.pk]).values_list("name", flat=True)) == {
        "已注销人员"
    }
    assert not Identity.objects.exists()
    merge.refresh_from_db()
    assert merge.before == {}
    with pytest.raises(DomainError, match="不能再撤回"):
        undo_merge(merge, by=SYSTEM)
