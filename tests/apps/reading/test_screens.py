"""The desk and the phone: lend by a code or by name, take back, wait, put on record."""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape, unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.reading.checks import below_standard, overdue
from gonghui.apps.reading.models import Book, Copy, Loan, Reservation
from gonghui.apps.reading.queries.cards import card_of
from gonghui.apps.reading.queries.figures import asked_of, holdings
from gonghui.core.credits.models import Credit
from gonghui.core.people.models import Person
from gonghui.core.regulations.standards import standard
from gonghui.core.watch.checking import Sight
from tests.factories.reading import (
    BookFactory,
    BookroomFactory,
    CircleFactory,
    CopyFactory,
    LoanFactory,
)


@pytest.fixture
def copy(cast) -> Copy:
    room = BookroomFactory(org=cast.company, name="职工书屋", keeper=cast.alice)
    return CopyFactory(book=BookFactory(bookroom=room, title="活着"), number=7)


def desk(copy) -> str:
    return reverse("reading:bookroom-desk", args=[copy.bookroom_id])


@pytest.mark.parametrize("book", ["7", "00007", "活着", "《活着》"])
def test_keeper_lends_by_the_code_on_the_phone(cast, copy, book):
    posted = {"act": "lend", "lend-reader": card_of(cast.bob), "lend-book": book}

    response = cast.client("alice").post(desk(copy), posted)

    assert response.status_code == 302
    assert Loan.objects.get().reader == cast.bob


def test_officer_lends_by_name_and_takes_back_by_number(cast, copy):
    frank = cast.client("frank")

    frank.post(desk(copy), {"act": "lend", "lend-reader": "鲍博", "lend-book": "活着"})
    assert Loan.objects.out().get().reader == cast.bob
    frank.post(desk(copy), {"act": "return", "return-number": "7"})

    assert not Loan.objects.out().exists()


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"act": "lend", "lend-reader": "1:2:3", "lend-book": "7"}, "不是借书码"),
        ({"act": "lend", "lend-reader": "马洛", "lend-book": "7"}, "没有找到"),
        ({"act": "lend", "lend-reader": "鲍博", "lend-book": "红楼梦"}, "没有找到「红楼梦」"),
        ({"act": "return", "return-number": "8"}, "没有登录号 8"),
        ({"act": "return", "return-number": "7"}, "没有借出"),
    ],
)
def test_desk_says_what_it_did_not_understand(cast, copy, posted, words):
    response = cast.client("alice").post(desk(copy), posted)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Loan.objects.exists()


@pytest.mark.parametrize("name", ["bob", "grace", "dave", "mallory"])
def test_desk_is_for_who_keeps_the_room(cast, copy, name):
    """Bob leads only the branch, Grace only reads."""
    client = cast.client(name)

    assert client.get(desk(copy)).status_code == 404
    assert client.post(reverse("reading:bookroom-add", args=[copy.bookroom_id])).status_code == 404
    assert client.post(reverse("reading:copy-drop", args=[copy.pk])).status_code == 404


def test_book_comes_in_by_its_isbn(cast, copy):
    url = reverse("reading:bookroom-add", args=[copy.bookroom_id])
    said = {"isbn": "702000220X", "title": "红楼梦", "copies": 2, "on": "2026-01-05"}

    page = cast.client("alice").post(url, said).content.decode()

    book = Book.objects.get(title="红楼梦")
    assert (book.isbn, book.copies.count()) == ("9787020002207", 2)
    assert "00008–00009" in page
    wrong = cast.client("alice").post(url, said | {"isbn": "7020002207"})
    assert (wrong.status_code, Book.objects.count()) == (422, 2)


def test_member_finds_waits_renews_and_records_on_the_phone(cast, copy):
    alice, bob = cast.client("alice"), cast.client("bob")
    loan = LoanFactory(
        copy=copy, reader=cast.alice, lent_on=timezone.localdate(),
        due_on=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip

    assert "活着" in bob.get(reverse("reading:my-find"), {"q": "活"}).content.decode()
    assert "都借出去了" in bob.get(reverse("reading:my-book", args=[copy.book_id])).content.decode()
    alice.post(reverse("reading:my-act", args=[loan.pk, "renew"]))
    loan.refresh_from_db()
    assert loan.renewals == 1
    bob.post(reverse("reading:my-wait", args=[copy.book_id]))
    turn = Reservation.objects.open().get()
    assert turn.reader == cast.bob

    alice.post(reverse("reading:loan-return", args=[loan.pk]))
    turn.refresh_from_db()
    assert turn.copy == copy
    page = alice.get(reverse("reading:my-loans")).content.decode()
    assert "读完了，记入学习档案" in page
    alice.post(reverse("reading:my-act", args=[loan.pk, "read"]))
    assert Credit.objects.standing().get(person=cast.alice).kind == "book"
    alice.post(reverse("reading:my-act", args=[loan.pk, "unread"]))
    assert not Credit.objects.standing().exists()
    bob.post(reverse("reading:my-turn-drop", args=[turn.pk]))
    assert not Reservation.objects.open().exists()


def test_what_somebody_reads_is_theirs(cast, copy):
    loan = LoanFactory(copy=copy, reader=cast.bob)

    for name in ("grace", "dave", "mallory"):
        client = cast.client(name)
        assert client.get(reverse("reading:loan-detail", args=[loan.pk])).status_code == 404
        assert client.post(reverse("reading:my-act", args=[loan.pk, "renew"])).status_code == 404
        assert client.post(reverse("reading:loan-return", args=[loan.pk])).status_code == 404
    assert "借书码" in cast.client("bob").get(reverse("reading:my-card")).content.decode()


def test_checks_name_what_is_missing_and_what_is_overdue(cast, copy):
    room, today = copy.bookroom, timezone.localdate()
    room.area, room.periodicals = 49, 20
    room.save()
    LoanFactory(copy=copy, reader=cast.bob, lent_on=today, due_on=today)

    (found,) = below_standard(Sight(today))
    assert "面积 49 平方米" in found.sentence
    assert "报刊" not in found.sentence
    assert "没有填" not in found.sentence
    assert list(overdue(Sight(today))) == []
    (late,) = overdue(Sight(today + timedelta(days=1)))
    assert (late.org, late.about) == (cast.company.pk, room.pk)


def test_demonstration_room_is_asked_for_more(cast, copy):
    room = copy.bookroom
    room.area, room.level = 79, "city"
    room.save()

    (found,) = below_standard(Sight(timezone.localdate()))

    assert "面积 79 平方米" in found.sentence
    assert {one.key for one in found.values} >= {"bookroom_model_area", "bookroom_model_books"}


def test_keeper_rules_and_loans_are_asked_for(cast, copy):
    """Two loans a head in a year: of the company's five people ten are enough, nine are not."""
    room, today = copy.bookroom, timezone.localdate()
    people = Person.objects.active().filter(org__within=(room.org.path,)).count()
    room.has_rules = False
    room.save()
    back = {"lent_on": today, "due_on": today, "returned_on": today}
    LoanFactory.create_batch(2 * people - 1, copy=copy, reader=cast.alice, **back)

    def told() -> dict[str, bool | None]:
        holds = holdings([room], today)[room.pk]
        lines = asked_of(room, holds, lambda key: standard(key, org=room.org, day=today))
        return {one.label: one.met for one in lines}

    before = told()
    LoanFactory(copy=copy, reader=cast.alice, **back)
    room.keeper, room.has_rules = None, True

    assert (before["管理员"], before["制度"], before["近一年人均借阅"]) == (True, False, False)
    after = told()
    assert (after["管理员"], after["制度"], after["近一年人均借阅"]) == (None, True, True)


def test_study_page_leads_to_the_bookroom(cast, copy):
    today = timezone.localdate()
    LoanFactory(copy=copy, reader=cast.bob, lent_on=today, due_on=today)

    assert "没有在借的书" in cast.client("alice").get(reverse("study")).content.decode()
    assert "《活着》" in cast.client("bob").get(reverse("study")).content.decode()
    assert "职工书屋" not in cast.client("mallory").get(reverse("study")).content.decode()


def test_member_and_leader_find_their_reading_circles_on_the_phone(cast):
    today = timezone.localdate()
    near = CircleFactory(org=cast.company, title="午间读书会")
    far = CircleFactory(org=cast.other_company, title="邻厂读书会", leader=cast.alice)
    over = CircleFactory(org=cast.company, title="去年的", until=today - timedelta(days=1))

    def doors(who: str) -> list[bool]:
        page = cast.client(who).get(reverse("reading:my-find")).content.decode()
        return [
            reverse("reading:circle-detail", args=[one.pk]) in page for one in (near, far, over)
        ]

    assert doors("alice") == [True, True, False]
    assert doors("bob") == [True, False, False]
    detail = reverse("reading:circle-detail", args=[far.pk])
    assert cast.client("alice").get(detail).status_code == 200
    study = cast.client("alice").get(reverse("study")).content.decode()
    assert reverse("reading:my-find") in study


def test_each_figure_of_a_room_opens_to_its_own_records(cast):
    today = timezone.localdate()
    room, other = (BookroomFactory(org=cast.company) for _ in range(2))
    old, new = (CopyFactory(book=BookFactory(bookroom=room)) for _ in range(2))
    Copy.objects.filter(pk=new.pk).update(added_on=today)
    long_ago, lately = today - timedelta(days=400), today - timedelta(days=3)
    LoanFactory(copy=old, reader=cast.alice, lent_on=long_ago, due_on=today, returned_on=lately)
    loan = LoanFactory(copy=old, reader=cast.bob, lent_on=lately, due_on=today)
    LoanFactory(
        copy=CopyFactory(book=BookFactory(bookroom=other)), reader=cast.alice, lent_on=lately,
        due_on=today,
    )  # fmt: skip
    frank = cast.client("frank")

    page = frank.get(reverse("reading:bookroom-detail", args=[room.pk])).content.decode()
    doors = [escape(f"{one}") for one in ("&new=year", "&lent=year", "&stands=out")]

    shown = []
    for end in doors:
        url = next(one for one in re.findall(r'href="([^"]+)"', page) if one.endswith(end))
        shown.append([row.pk for row in frank.get(unescape(url)).context["table"].data])
    assert shown == [[new.book_id], [loan.pk], [loan.pk]]
