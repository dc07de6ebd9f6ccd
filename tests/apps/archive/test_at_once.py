"""A year frozen at two places at once, and words that come from two devices at once."""

from __future__ import annotations

from django.utils import timezone

from gonghui.apps.archive.actions.freezing import file_of, freeze, is_untouched
from gonghui.apps.archive.actions.pieces import begin_piece, keep_draft, new_pen
from gonghui.apps.archive.engine.merging import Copy
from gonghui.apps.archive.flow import LIFE
from gonghui.apps.archive.models import Piece, Shown, Volume
from tests.factories.archive import PieceFactory
from tests.together import AT_ONCE, together

pytestmark = AT_ONCE
PAGE = "http://testserver/archive/check/"


def fill(cast, who: str) -> Volume | None:
    year = timezone.localdate().year
    return freeze(cast.alice, year, address=PAGE, by=cast.actor(who))


def read_a_book(cast) -> None:
    alice = cast.actor("alice")
    piece = begin_piece("book", by=alice, title="平凡的世界", shown_to=Shown.ME)
    LIFE.perform(piece, "write", by=alice)


def test_year_is_frozen_once(cast):
    read_a_book(cast)

    assert together(lambda: fill(cast, "alice"), lambda: fill(cast, "alice")) == []
    volume = Volume.objects.get()
    assert file_of(volume) is not None
    assert is_untouched(volume)


def test_member_and_union_freeze_an_edition_each(cast):
    """The union's paper leaves out titles shown to nobody, so that it is another one."""
    read_a_book(cast)

    assert together(lambda: fill(cast, "alice"), lambda: fill(cast, "frank")) == []
    assert list(Volume.objects.order_by("edition").values_list("edition", flat=True)) == [1, 2]


def test_words_of_two_devices_are_both_kept(cast):
    piece = PieceFactory(person=cast.alice, kind="reflection", state="draft", title="", text="")

    def write(words: str) -> object:
        copy = Copy("", words, piece.version, new_pen(), 1)
        return keep_draft(Piece.objects.get(pk=piece.pk), copy, by=cast.actor("alice"))

    assert together(lambda: write("在手机上写的"), lambda: write("在电脑上写的")) == []
    piece.refresh_from_db()
    assert {piece.text, piece.aside} == {"在手机上写的", "在电脑上写的"}
