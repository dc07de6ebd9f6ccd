"""What members read of what their unions issued: theirs only, as it stands, with its file."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gonghui.apps.communication.api import register, take_back
from gonghui.core.files.store import attachments_of
from tests.cast import Cast
from tests.factories.communication import PublicationFactory

pytestmark = pytest.mark.django_db
LIST = reverse("communication:issued")


@pytest.fixture(autouse=True)
def _in_june(time_machine):
    time_machine.move_to("2026-06-10T10:00:00+08:00", tick=False)


def word() -> SimpleUploadedFile:
    paper = docx.Document()
    paper.add_heading("一、工作动态", 1)
    paper.add_paragraph("班组学习日坚持三年不断线。")
    table = paper.add_table(rows=2, cols=2)
    for at, text in enumerate(("数字", "本期", "参加人数", "36人")):
        table.cell(at // 2, at % 2).text = text
    kept = io.BytesIO()
    paper.save(kept)
    return SimpleUploadedFile("第一期.docx", kept.getvalue())


def issue(cast: Cast, file: SimpleUploadedFile | None = None):
    facts = {"kind": "news", "title": "学习日见成效", "year": 2026, "issued_on": "2026-06-01"}
    return register(cast.company, by=cast.actor("frank"), files=[file or word()], **facts)


def page(one) -> str:
    return reverse("communication:publication-read", args=[one.pk])


def status_of(cast: Cast, name: str, at: str) -> int:
    answer = cast.client(name).get(at)
    if answer.streaming:
        b"".join(answer.streaming_content)  # read to its end, so that the file is closed
    return answer.status_code


def test_a_member_reads_the_words_of_what_their_union_issued(cast: Cast) -> None:
    made = issue(cast)
    alice = cast.client("alice")

    home = alice.get(reverse("home")).content.decode()
    study = alice.get(reverse("study")).content.decode()
    listed = alice.get(LIST).content.decode()
    read = alice.get(page(made)).content.decode()

    assert f'href="{page(made)}"' in home
    assert f'href="{page(made)}"' in study
    assert f'href="{page(made)}"' in listed
    assert "<h2>一、工作动态</h2>" in read
    assert "<p>班组学习日坚持三年不断线。</p>" in read
    assert '<td data-label="本期">36人</td>' in read


def test_nobody_else_reads_it_nor_anybody_once_it_is_withdrawn(cast: Cast) -> None:
    made = issue(cast)
    file = reverse("attachment", args=[attachments_of(made).get().pk])
    statuses = {
        name: [status_of(cast, name, at) for at in (page(made), file)]
        for name in ("alice", "mallory", "dave")
    }

    take_back(made, reason="登记重复", by=cast.actor("frank"))

    assert statuses == {"alice": [200, 200], "mallory": [404, 404], "dave": [404, 404]}
    assert [status_of(cast, "alice", at) for at in (page(made), file)] == [404, 404]
    assert "学习日见成效" not in cast.client("alice").get(LIST).content.decode()
    assert "学习日见成效" not in cast.client("mallory").get(LIST).content.decode()


def test_the_register_stays_with_its_officers(cast: Cast) -> None:
    made = issue(cast)

    record = reverse("communication:publication-detail", args=[made.pk])

    assert cast.client("alice").get(record).status_code == 404
    assert cast.client("frank").get(record).status_code == 200


def test_what_cannot_be_shown_is_handed_over_as_its_file(cast: Cast) -> None:
    made = issue(cast, SimpleUploadedFile("第一期.pdf", b"%PDF-1.4 issued"))
    broken = issue(cast, SimpleUploadedFile("坏了.docx", b"PK\x03\x04 no package"))

    alice = cast.client("alice")

    assert "第一期.pdf" in alice.get(page(made)).content.decode()
    assert "坏了.docx" in alice.get(page(broken)).content.decode()


def test_the_list_asks_no_more_for_more(cast: Cast, django_assert_num_queries) -> None:
    alice = cast.client("alice")
    for number in range(3):
        PublicationFactory(org=cast.company, number=number + 1)
    alice.get(LIST)

    with django_assert_num_queries(5):
        alice.get(LIST)
    PublicationFactory(org=cast.city)
    with django_assert_num_queries(5):
        alice.get(LIST)


def test_one_paper_costs_a_fixed_number_of_queries(cast: Cast, django_assert_num_queries) -> None:
    made, alice = issue(cast), cast.client("alice")
    alice.get(page(made))

    with django_assert_num_queries(5):
        alice.get(page(made))
