"""A book, its copies, and what is said at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gonghui.core.people.models import Person
from gonghui.core.screens.choices import PERSON_NAMES
from gonghui.kit.errors import DomainError
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField

from ..engine.isbn import BadNumber, read
from ..models import MOST_AT_ONCE, Book, Bookroom, Copy, Fate
from ..queries.books import any_copy, called
from ..queries.cards import looks_like_card, reader_by

FACTS = ("isbn", "title", "author", "publisher", "year", "subject", "shelf")


class IsbnMixin:
    """Checks the number by its last digit and keeps it with thirteen."""

    cleaned_data: dict[str, Any]

    def clean_isbn(self) -> str:
        try:
            return read(self.cleaned_data.get("isbn") or "")
        except BadNumber as error:
            raise forms.ValidationError(error.sentence) from error


class BookForm(IsbnMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What is known of a book; its copies are kept on its page."""

    isbn = forms.CharField(label="ISBN", required=False, max_length=20)

    class Meta:
        model = Book
        fields = FACTS


class NewBookForm(IsbnMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A book that comes in, with so many copies."""

    isbn = forms.CharField(
        label="ISBN",
        required=False,
        max_length=20,
        help_text="封底条码下的数字，10 位 13 位都可以；没有就空着。",
        widget=forms.TextInput({"inputmode": "numeric", "autofocus": True}),
    )
    copies = forms.IntegerField(label="册数", min_value=1, max_value=MOST_AT_ONCE, initial=1)
    on = PastDayField(label="入藏日期")

    class Meta:
        model = Book
        fields = FACTS

    def _post_clean(self) -> None:
        """The action checks the whole book: its bookroom is not of the form."""


class CopiesForm(forms.Form):
    count = forms.IntegerField(label="再加几册", min_value=1, max_value=MOST_AT_ONCE, initial=1)
    on = PastDayField(label="入藏日期")


class DropForm(forms.Form):
    fate = forms.ChoiceField(label="去向", choices=Fate.choices)
    on = PastDayField(label="离藏日期")


class ReaderField(LookupField):
    """A reader by the code on their phone, or by name among those the bookroom serves."""

    def clean(self, value: Any) -> Any:
        said = str(value or "").strip()
        if not looks_like_card(said):
            return super().clean(value)
        try:
            return reader_by(said)
        except DomainError as error:
            raise forms.ValidationError(error.sentence) from error


class LendForm(forms.Form):
    """Who borrows what; a code reader types both."""

    reader = ReaderField(
        label="读者", names=PERSON_NAMES, beside="org", help_text="扫读者手机上的借书码，或写姓名。"
    )
    book = forms.CharField(label="书", max_length=120, help_text="书脊上的登录号，或 ISBN、书名。")

    def __init__(self, *args: Any, room: Bookroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room
        field: Any = self.fields["reader"]
        people = Person.objects.active().filter(org__within=(room.org.path,))
        field.offer(people.select_related("org"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        reader, words = said.get("reader"), said.get("book", "").strip()
        if reader and words:
            try:
                said["copy"] = copy_meant(self.room, words, reader)
            except DomainError as error:
                self.add_error("book", error.sentence)
        return said


class ReturnForm(forms.Form):
    """What comes back, by the number on its spine."""

    number = forms.CharField(label="登录号", max_length=10, help_text="书脊上的登录号。")

    def __init__(self, *args: Any, room: Bookroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room

    def clean_number(self) -> Copy:
        said = self.cleaned_data["number"].strip()
        found = _numbered(self.room, said)
        if found is None:
            raise forms.ValidationError(f"这个书屋没有登录号 {said}，请对照书脊。")
        return found


def copy_meant(room: Bookroom, words: str, reader: Person) -> Copy:
    """The copy with this number, or one of the only book that is called so."""
    numbered = _numbered(room, words)
    if numbered is not None:
        return numbered
    found: QuerySet[Book] = called(Book.objects.filter(bookroom=room), words)
    exact = found.filter(title=words.strip("《》"))
    books = list((exact if exact.exists() else found)[:4])
    if not books:
        raise DomainError(f"没有找到「{words}」，请写登录号、ISBN 或书名。")
    if len(books) > 1:
        names = "；".join(f"{one}{one.author}" for one in books[:3])
        raise DomainError(f"有好几种：{names}。请写登录号。")
    return any_copy(books[0], reader)


LONGEST_NUMBER = 8  # longer digits are an ISBN


def _numbered(room: Bookroom, said: str) -> Copy | None:
    if not (said.isascii() and said.isdecimal() and len(said) <= LONGEST_NUMBER):
        return None
    rows = Copy.objects.select_related("book")
    return rows.filter(bookroom=room, number=int(said)).first()
