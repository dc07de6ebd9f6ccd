"""The sharing space: shown only if its person shows it, thanked once, moderated with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.archive.models import Comment, Material, Piece, Recommendation, Shown, Thanks
from gonghui.apps.teams.engine.printing import items_of
from gonghui.core.files.models import Attachment
from gonghui.core.notices.models import Notice
from gonghui.core.screens.sockets import board_parts
from tests.factories.archive import (
    CommentFactory,
    MaterialFactory,
    PieceFactory,
    RecommendationFactory,
)
from tests.factories.core import AttachmentFactory

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"archive:{name}", args=args)


@pytest.fixture
def shown(cast):
    return PieceFactory(
        person=cast.alice, org=cast.company, kind="reflection", title="安全就是回家",
        text="每天一遍点检。", shown_to=Shown.UNION,
    )  # fmt: skip


def test_shown_reflection_is_read_thanked_and_answered(cast, shown):
    bob = cast.client("bob")

    assert "安全就是回家" in bob.get(url("space")).content.decode()
    bob.post(url("thank", shown.pk))
    bob.post(url("comment", shown.pk), {"words": "说得好"})
    page = bob.get(url("shown", shown.pk)).content.decode()

    assert "1 人说有收获" in page
    assert "说得好" in page
    assert Notice.objects.get(person=cast.alice).title == "鲍博评论了您的“安全就是回家”"
    bob.post(url("thank", shown.pk))
    assert not Thanks.objects.exists()


def test_what_is_shown_to_a_team_hangs_on_no_board_above_it(cast, shown):
    """Officers may read it; the wall of the company is read by everybody."""
    PieceFactory(
        person=cast.alice, org=cast.company, kind="reflection", title="只给班组看",
        text="我们班自己知道就好。", shown_to=Shown.TEAM,
    )  # fmt: skip

    def hung(org) -> set[str]:
        found = board_parts["archive"].find(org, cast.actor("frank"), timezone.localdate())
        return {one.title for one in found["pieces"]}

    assert hung(cast.branch) == {"安全就是回家", "只给班组看"}
    assert hung(cast.company) == {"安全就是回家"}


def test_nobody_thanks_themselves(cast, shown):
    page = cast.client("alice").post(url("thank", shown.pk), follow=True).content.decode()

    assert "不用谢" in page
    assert not Thanks.objects.exists()


def test_taken_back_it_is_gone_at_once_with_all_that_was_said(cast, shown):
    CommentFactory(piece=shown, person=cast.bob, words="说得好")
    alice, bob = cast.client("alice"), cast.client("bob")

    alice.post(url("my-show", shown.pk), {"shown": "officers"})

    member = cast.client("frank")
    assert "安全就是回家" not in bob.get(url("space")).content.decode()
    assert "说得好" not in member.get(url("shown", shown.pk)).content.decode()
    assert bob.post(url("comment", shown.pk), {"words": "还能说吗"}).status_code == 404
    assert bob.post(url("thank", shown.pk)).status_code == 404


@pytest.mark.parametrize("who", ["mallory", "dave"])
def test_strangers_find_nothing(cast, shown, who):
    said = CommentFactory(piece=shown, person=cast.bob)
    client = cast.client(who)

    assert client.get(url("shown", shown.pk)).status_code == 404
    assert client.post(url("thank", shown.pk)).status_code == 404
    assert client.post(url("comment", shown.pk), {"words": "嗨"}).status_code == 404
    assert client.post(url("comment-hide", said.pk), {"reason": "x"}).status_code == 404
    assert client.post(url("comment-drop", said.pk)).status_code == 404
    assert "安全就是回家" not in client.get(url("space")).content.decode()


def test_comment_is_hidden_with_a_reason_its_writer_sees(cast, shown):
    said = CommentFactory(piece=shown, person=cast.bob, words="打广告")
    frank = cast.client("frank")

    frank.post(url("comment-hide", said.pk), {"reason": ""})
    assert Comment.objects.get().hidden_at is None
    frank.post(url("comment-hide", said.pk), {"reason": "与学习无关"})

    assert "打广告" not in cast.client("alice").get(url("shown", shown.pk)).content.decode()
    page = cast.client("bob").get(url("shown", shown.pk)).content.decode()
    assert "已隐藏：与学习无关" in page
    assert cast.client("grace").post(url("comment-hide", said.pk)).status_code == 404


def test_comment_is_taken_back_by_who_said_it(cast, shown):
    said = CommentFactory(piece=shown, person=cast.bob)

    cast.client("bob").post(url("comment-drop", said.pk))

    assert not Comment.objects.exists()


def test_empty_comment_is_asked_for_again(cast, shown):
    answer = cast.client("bob").post(url("comment", shown.pk), {"words": " "})

    assert answer.status_code == 422
    assert "请先写几个字" in answer.content.decode()


def test_board_shows_what_members_of_the_body_show(cast, shown):
    PieceFactory(person=cast.frank, kind="reflection", shown_to=Shown.UNION)
    PieceFactory(person=cast.alice, kind="reflection", shown_to=Shown.OFFICERS)
    part, day = board_parts["archive"], timezone.localdate()

    found = part.find(cast.branch, cast.actor("bob"), day)

    assert found == {"pieces": [shown]}
    assert part.find(cast.second_branch, cast.actor("bob"), day) is None


def test_board_of_a_team_says_what_its_members_show(cast, shown):
    page = cast.client("bob").get(reverse("teams:board", args=[cast.branch.pk]))

    assert f">{shown.title}</a>" in page.content.decode()


def test_board_on_paper_keeps_a_title_apart_from_its_text(cast, shown):
    Piece.objects.filter(pk=shown.pk).update(text="拧螺丝先看扭矩")
    shown.refresh_from_db()

    drawn = render_to_string("archive/board.html", {"part": {"pieces": [shown]}})

    line = items_of(drawn)[0]
    assert line["title"] == shown.title
    assert line["detail"].startswith("拧螺丝先看扭矩　")


def test_union_recommends_a_book_and_hands_out_a_material(cast):
    frank = cast.client("frank")
    book = {
        "title": "《班组长手册》", "author": "王工", "isbn": "7-02-000220-X", "readers": "班组长",
        "why": "照着做就行", "org": f"#{cast.company.pk}", "on": "2026-11-02",
    }  # fmt: skip
    paper = SimpleUploadedFile("课件.pdf", b"%PDF-1.4 x")
    material = {
        "title": "点检课件",
        "org": f"#{cast.company.pk}",
        "on": "2026-11-02",
        "papers": [paper],
    }

    assert frank.post(url("recommendation-create"), book).status_code == 302
    assert frank.post(url("material-create"), material).status_code == 302

    made = Recommendation.objects.get()
    assert (made.title, made.isbn, made.by) == ("班组长手册", "9787020002207", cast.frank)
    page = cast.client("alice").get(url("space")).content.decode()
    assert "照着做就行" in page
    assert "管理推荐书目" not in page
    assert "管理推荐书目" in frank.get(url("space")).content.decode()
    assert "课件.pdf" in page
    file = Attachment.objects.get()
    fetched = cast.client("alice").get(reverse("attachment", args=[file.pk]))
    assert b"".join(fetched.streaming_content) == b"%PDF-1.4 x"
    assert cast.client("mallory").get(reverse("attachment", args=[file.pk])).status_code == 404
    assert Material.objects.get().by == cast.frank
    wrong = frank.post(url("recommendation-create"), book | {"isbn": "123", "title": "另一本"})
    assert "书号应是" in wrong.content.decode()


@pytest.mark.parametrize("who", ["alice", "grace", "mallory"])
def test_nobody_else_keeps_the_lists(cast, who):
    client = cast.client(who)

    assert client.get(url("recommendation-create")).status_code == 404
    assert client.get(url("material-create")).status_code == 404


def test_nothing_that_is_recommended_or_handed_out_is_cut(cast, django_assert_max_num_queries):
    for number in range(35):
        RecommendationFactory(org=cast.company, title=f"书{number:02}")
        AttachmentFactory(
            subject=MaterialFactory(org=cast.company, title=f"资料{number:02}"),
            name=f"讲义{number:02}.pdf",
        )
    alice = cast.client("alice")

    with django_assert_max_num_queries(30):
        page = alice.get(url("space")).content.decode()

    assert all(f"书{number:02}" in page for number in range(35))
    assert all(f"讲义{number:02}.pdf" in page for number in range(35))


def test_hidden_comment_is_told_to_who_wrote_it(cast, shown):
    said = CommentFactory(piece=shown, person=cast.bob, words="胡说")

    cast.client("frank").post(url("comment-hide", said.pk), {"reason": "不文明"})

    told = Notice.objects.get()
    assert (told.person, told.title) == (cast.bob, f"您的评论已隐藏：{shown}")
    assert told.body == "原因：不文明"


def test_study_page_names_the_books_recommended_last(cast):
    for day in (1, 2, 3):
        RecommendationFactory(org=cast.company, title=f"书{day}", on=date(2026, 3, day))
    RecommendationFactory(org=cast.other_company, title="别家的书")

    page = cast.client("alice").get(reverse("study")).content.decode()

    assert "书3" in page
    assert "书2" in page
    assert "书1" not in page
    assert "别家的书" not in page
