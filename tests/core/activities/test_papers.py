"""The papers of a notice: documents and a picture, read by everybody it is for."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gonghui.core.activities.actions import papers as papers_actions
from gonghui.core.activities.actions.activities import clone_activity
from gonghui.core.activities.models import Activity
from gonghui.core.files.models import Attachment
from gonghui.core.files.store import attachments_of
from gonghui.core.history.trail import history_of
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.kit.test_pictures import jpeg, png

pytestmark = pytest.mark.django_db
RULES = ("比赛规则.pdf", b"%PDF-1.7 rules")


@pytest.fixture
def match(cast) -> Activity:
    match = ActivityFactory(org=cast.company, state="announced", title="羽毛球赛")
    SessionFactory(activity=match)
    return match


def put(client, match: Activity, *papers, picture=None):
    """The notice is saved anew with these files."""
    said = {"kind": "sport", "title": match.title, "companions_allowed": 0}
    said["papers"] = [SimpleUploadedFile(name, content) for name, content in papers]
    if picture is not None:
        said["picture"] = SimpleUploadedFile("IMG_王芳.jpg", picture)
    return client.post(reverse("activities:activity-update", args=[match.pk]), said)


def test_officer_adds_documents_and_a_member_reads_them_on_the_phone(cast, match):
    assert (
        put(cast.client("frank"), match, RULES, ("报名表.docx", b"PK\x03\x04")).status_code == 302
    )

    alice = cast.client("alice")
    page = alice.get(reverse("signing:portal-activity", args=[match.pk])).content.decode()
    paper = Attachment.objects.get(name="比赛规则.pdf")
    address = reverse("attachment", args=[paper.pk])
    assert ("比赛规则.pdf" in page, "报名表.docx" in page, address in page) == (True, True, True)
    assert b"".join(alice.get(address)) == RULES[1]
    assert cast.client("mallory").get(address).status_code == 404
    assert history_of(match).filter(verb="papers").get().changes == {
        "papers": "比赛规则.pdf、报名表.docx"
    }


def test_picture_heads_the_notice_and_the_next_takes_its_place(cast, match):
    frank = cast.client("frank")
    put(frank, match, picture=jpeg())
    put(frank, match, picture=png())

    (kept,) = attachments_of(match, papers_actions.PICTURE)
    address = reverse("attachment", args=[kept.pk])
    for page in (
        cast.client("alice").get(reverse("signing:portal-activity", args=[match.pk])),
        frank.get(reverse("activities:activity-detail", args=[match.pk])),
    ):
        assert f'class="notice_picture" src="{address}"' in page.content.decode()
    assert kept.name == "图片.png"


def test_picture_tells_nothing_of_where_it_was_taken(cast, match):
    put(cast.client("frank"), match, picture=jpeg())

    with Attachment.objects.get().file.open() as file:
        assert b"GPS" not in file.read()


def test_what_is_no_picture_is_refused_and_nothing_is_kept(cast, match):
    page = put(cast.client("frank"), match, RULES, picture=b"%PDF-1.7")

    assert page.status_code == 422
    assert "不是图片，或者没有传完" in page.content.decode()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(("most", "status"), [(1, 422), (2, 302)])
def test_a_notice_has_no_more_documents_than_are_read(cast, match, monkeypatch, most, status):
    monkeypatch.setattr(papers_actions, "MOST", most)
    frank = cast.client("frank")
    put(frank, match, RULES)

    assert put(frank, match, RULES).status_code == status


def test_officer_takes_a_document_away_and_says_why(cast, match):
    frank = cast.client("frank")
    put(frank, match, RULES)
    url = reverse("attachment-remove", args=[Attachment.objects.get().pk])

    assert url in frank.get(reverse("activities:activity-detail", args=[match.pk])).content.decode()
    assert cast.client("alice").post(url, {"reason": "旧版"}).status_code == 404
    frank.post(url, {"reason": "旧版"})

    assert not Attachment.objects.exists()


def test_documents_and_picture_come_along_when_it_is_held_again(cast, match):
    put(cast.client("frank"), match, RULES, picture=png())

    made = clone_activity(match, date(2030, 5, 1), by=cast.actor("frank"))

    roles = {one.role: one.name for one in attachments_of(made)}
    assert roles == {"paper": "比赛规则.pdf", "picture": "图片.png"}
