"""Writing on the phone: two taps for a book, drafts that are kept, copies that come late."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gonghui.apps.archive.models import Piece, Shown
from gonghui.core.credits.models import Credit
from gonghui.core.files.models import Attachment
from gonghui.core.files.store import attach
from gonghui.core.history.models import Entry
from tests.factories.archive import PieceFactory, RecommendationFactory

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"archive:{name}", args=args)


@pytest.fixture
def draft(cast) -> Piece:
    return PieceFactory(person=cast.alice, kind="reflection", state="draft", title="", text="")


def sent(piece: Piece, text: str, **more) -> dict:
    return {
        "title": "学习心得", "text": text, "on": "2026-11-20", "shown_to": "me",
        "version": piece.version, "pen": "a" * 32, "stroke": 1,
    } | more  # fmt: skip


def test_book_is_on_record_after_two_taps(cast):
    alice = cast.client("alice")

    answer = alice.post(url("add-book"), {"title": "《教育的情调》"}, follow=True)

    piece = Piece.objects.get()
    assert (piece.title, piece.state, piece.person) == ("教育的情调", "written", cast.alice)
    assert "《教育的情调》已记入" in answer.content.decode()


def test_number_of_a_known_book_brings_its_title(cast):
    PieceFactory(person=cast.bob, title="平凡的世界", author="路遥", isbn="9787020002207")
    alice = cast.client("alice")

    alice.post(url("add-book"), {"title": "7-02-000220-X"})
    unknown = alice.post(url("add-book"), {"title": "9787115546081"})

    mine = Piece.objects.get(person=cast.alice)
    assert (mine.title, mine.author, mine.isbn) == ("平凡的世界", "路遥", "9787020002207")
    assert unknown.status_code == 422
    assert "还没有人记过" in unknown.content.decode()
    wrong = alice.post(url("add-book"), {"title": "9787115546082"})
    assert "末位对不上" in wrong.content.decode()


def test_titles_are_offered_while_one_types(cast):
    PieceFactory(person=cast.bob, title="平凡的世界", author="路遥")

    page = cast.client("alice").get(url("titles"), {"title": "平凡"}).content.decode()

    assert '<option value="平凡的世界">路遥</option>' in page
    assert "鲍博" not in page


def test_draft_is_kept_while_one_types_without_filling_the_history(cast, draft):
    alice = cast.client("alice")
    before = Entry.objects.count()

    first = alice.post(url("my-keep", draft.pk), sent(draft, "第一段"))
    alice.post(url("my-keep", draft.pk), sent(draft, "第一段第二段", stroke=5))
    late = alice.post(url("my-keep", draft.pk), sent(draft, "第一段第", stroke=3))

    draft.refresh_from_db()
    assert (first["X-Kept"], late["X-Kept"]) == ("taken", "same")
    assert (draft.text, draft.version, draft.aside) == ("第一段第二段", 2, "")
    assert Entry.objects.count() == before
    assert "已保存" in first.content.decode()


def test_copy_from_another_device_never_overwrites(cast, draft):
    alice = cast.client("alice")
    alice.post(url("my-keep", draft.pk), sent(draft, "在电脑上写的", pen="b" * 32))

    answer = alice.post(url("my-keep", draft.pk), sent(draft, "在手机上没有网络时写的", stroke=9))

    draft.refresh_from_db()
    assert answer["X-Kept"] == "aside"
    assert (draft.text, draft.aside) == ("在电脑上写的", "在手机上没有网络时写的")
    page = alice.get(url("my-piece", draft.pk)).content.decode()
    assert "另存的内容" in page
    alice.post(url("my-aside", draft.pk), {"choice": "join"})
    draft.refresh_from_db()
    assert (draft.text, draft.aside) == ("在电脑上写的\n\n在手机上没有网络时写的", "")


def test_aside_is_exchanged_or_thrown_away(cast, draft):
    alice = cast.client("alice")
    Piece.objects.filter(pk=draft.pk).update(text="甲", aside="乙")

    alice.post(url("my-aside", draft.pk), {"choice": "take"})
    draft.refresh_from_db()
    assert (draft.text, draft.aside) == ("乙", "甲")
    alice.post(url("my-aside", draft.pk), {"choice": "drop"})
    draft.refresh_from_db()
    assert (draft.text, draft.aside) == ("乙", "")


def test_copy_that_comes_when_it_is_written_already_is_not_lost(cast):
    piece = PieceFactory(person=cast.alice, kind="reflection", text="写好的")

    answer = cast.client("alice").post(url("my-keep", piece.pk), sent(piece, "写好的，还有一句"))

    piece.refresh_from_db()
    assert answer["X-Kept"] == "aside"
    assert (piece.text, piece.aside) == ("写好的", "写好的，还有一句")


def test_clearing_a_long_text_keeps_it_aside(cast, draft):
    alice = cast.client("alice")
    alice.post(url("my-keep", draft.pk), sent(draft, "字" * 60))

    alice.post(url("my-keep", draft.pk), sent(draft, "", stroke=2))

    draft.refresh_from_db()
    assert (draft.text, draft.aside) == ("", "字" * 60)


def test_without_scripts_the_button_keeps_and_writes(cast, draft):
    alice = cast.client("alice")

    alice.post(url("my-piece", draft.pk), sent(draft, "正文") | {"act": "keep"})
    draft.refresh_from_db()
    assert (draft.state, draft.text) == ("draft", "正文")
    answer = alice.post(
        url("my-piece", draft.pk), sent(draft, "正文改", pen="c") | {"act": "write"}
    )

    draft.refresh_from_db()
    assert (answer.status_code, draft.state, draft.text) == (302, "written", "正文改")
    assert Credit.objects.standing().get().words == "学习心得"


def test_wrong_field_keeps_the_words_and_says_what_is_wrong(cast):
    piece = PieceFactory(person=cast.alice, kind="book", state="draft", title="旧")
    alice = cast.client("alice")

    data = sent(piece, "很好看", title="新书名", isbn="123", act="write")
    answer = alice.post(url("my-piece", piece.pk), data)

    piece.refresh_from_db()
    assert (answer.status_code, piece.title, piece.text, piece.state) == (
        422, "新书名", "很好看", "draft",
    )  # fmt: skip
    assert "书号应是" in answer.content.decode()


def test_photo_of_the_page_goes_up_with_the_words(cast, draft):
    alice = cast.client("alice")
    paper = SimpleUploadedFile("笔记.pdf", b"%PDF-1.4 page")

    alice.post(
        url("my-piece", draft.pk), sent(draft, "见照片") | {"act": "keep", "pictures": paper}
    )

    kept = Attachment.objects.get()
    page = alice.get(url("my-piece", draft.pk)).content.decode()
    assert "笔记.pdf" in page
    assert cast.client("bob").get(reverse("attachment", args=[kept.pk])).status_code == 404
    alice.post(url("my-paper-drop", draft.pk, kept.pk))
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("who", ["bob", "frank", "mallory"])
@pytest.mark.parametrize("name", ["my-piece", "my-keep", "my-show", "my-aside"])
def test_nobody_else_writes(cast, draft, who, name):
    answer = cast.client(who).post(url(name, draft.pk), sent(draft, "冒充"))

    draft.refresh_from_db()
    assert answer.status_code == 404
    assert draft.text == ""


def test_steps_of_ones_own(cast):
    piece = PieceFactory(person=cast.alice, kind="note", text="x")
    alice = cast.client("alice")

    assert "先不计入" in alice.get(url("my-step", piece.pk, "reopen")).content.decode()
    alice.post(url("my-step", piece.pk, "reopen"))
    alice.post(url("my-step", piece.pk, "discard"))
    piece.refresh_from_db()
    assert piece.state == "discarded"
    assert str(piece) in alice.get(url("discarded")).content.decode()
    alice.post(url("my-step", piece.pk, "restore"))
    piece.refresh_from_db()
    assert piece.state == "draft"
    assert alice.post(url("my-step", piece.pk, "confirm")).status_code == 404
    assert cast.client("bob").post(url("my-step", piece.pk, "write")).status_code == 404


def test_begin_opens_the_page_of_the_sort(cast):
    alice = cast.client("alice")

    answer = alice.post(url("begin", "reflection"), follow=True)

    assert "学习心得" in answer.content.decode()
    assert alice.post(url("begin", "nothing")).status_code == 404


def test_recommended_book_is_read_with_one_tap(cast):
    book = RecommendationFactory(org=cast.company, title="班组长手册")
    other = RecommendationFactory(org=cast.other_company)
    alice = cast.client("alice")

    alice.post(url("book-read", book.pk))

    assert Piece.objects.get().title == "班组长手册"
    assert "读过" in alice.get(url("space")).content.decode()
    assert alice.post(url("book-read", other.pk)).status_code == 404


def test_officer_panel_shows_what_visibility_allows(cast):
    PieceFactory(person=cast.alice, title="给干部看的")
    PieceFactory(person=cast.alice, title="只给自己看的", shown_to=Shown.ME)

    page = cast.client("frank").get(
        reverse("membership:person-detail", args=[cast.alice.pk]) + "?part=learning"
    )

    assert "给干部看的" in page.content.decode()
    assert "只给自己看的" not in page.content.decode()


def test_study_page_has_the_card(cast):
    alice = cast.client("alice")
    alice.post(url("add-book"), {"title": "平凡的世界"})

    page = alice.get(reverse("study")).content.decode()

    assert "学习档案" in page
    assert "1 本" in page


def test_proof_is_drawn_as_needed_until_it_is_there(cast):
    piece = PieceFactory(person=cast.alice, org=cast.company, kind="degree", state="draft")
    page, alice = url("my-piece", piece.pk), cast.client("alice")
    assert alice.get(page).context["form"]["pictures"].field.required

    attach(piece, ContentFile(b"%PDF-1.7 x", name="证.pdf"), name="证.pdf", by=cast.actor("alice"))

    assert not alice.get(page).context["form"]["pictures"].field.required
    book = PieceFactory(person=cast.alice, org=cast.company, state="draft")
    drawn = alice.get(url("my-piece", book.pk)).context["form"]
    assert not drawn["pictures"].field.required


def test_degree_without_its_day_stays_a_draft_and_says_so(cast):
    alice = cast.client("alice")
    page = alice.post(url("begin", "degree")).url
    assert alice.get(page).context["form"]["on"].value() is None
    piece = Piece.objects.get(kind="degree")
    attach(piece, ContentFile(b"%PDF-1.7 x", name="证.pdf"), name="证.pdf", by=cast.actor("alice"))
    facts = sent(piece, "", title="机械工程", author="市职工大学", grade="大学本科", on="")

    answer = alice.post(page, facts | {"act": "hand_in"})

    assert answer.status_code == 422
    assert "还缺：毕业日期" in answer.content.decode()
    piece.refresh_from_db()
    assert (piece.state, piece.title, piece.on) == ("draft", "机械工程", None)
    for name in ("mine", "discarded"):
        assert alice.get(url(name)).status_code == 200
    alice.post(url("my-step", piece.pk, "discard"))
    assert alice.get(url("discarded")).status_code == 200
    assert "没有日期" in alice.get(page).content.decode()
