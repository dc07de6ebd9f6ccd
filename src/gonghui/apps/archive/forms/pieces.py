"""What a person fills in of a piece; a sort of piece asks for its own fields only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gonghui.core.files.store import attachments_of
from gonghui.core.people.models import Education
from gonghui.kit.several_files import SeveralFiles, SeveralFilesInput
from gonghui.kit.widgets import Day

from ..engine import isbn
from ..engine.merging import Copy
from ..engine.sorts import ASKED, Sort
from ..models import Piece, Shown
from ..models.piece import LONGEST
from ..queries.pieces import book_by, wants_proof

WORDS = ("title", "text")  # merged with what is kept; the other fields are simply set
WRITTEN = ("reflection", "note")  # one comes to write: all else stands below the words
LEVELS = [one.label for one in Education if one != Education.E90]  # of a degree; 其他 is none


def _seen_as_number(said: str) -> str:
    try:
        return isbn.read(said)
    except isbn.NoISBN as error:
        raise ValidationError(str(error)) from None


def _level(said: str) -> forms.ChoiceField:
    """The education a degree is of, in the words of the person's record; an older word stays."""
    levels = LEVELS if said in ("", *LEVELS) else [said, *LEVELS]
    choices = [("", "请选择"), *((one, one) for one in levels)]
    return forms.ChoiceField(label="学历层次", choices=choices, required=False)


class PieceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A piece as it is written; blanks are allowed in a draft, what is wrong is not."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    pen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    stroke = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    pictures = SeveralFiles(
        label="照片或文件",
        required=False,
        help_text="拍下书页、证书；照片在手机上先缩小再传。也可以传 PDF、Word。",
        widget=SeveralFilesInput({"data-shrink": ""}),
        error_messages={"empty": "有一个文件是空的，请重新选择。"},
    )

    class Meta:
        model = Piece
        fields = (
            "title", "isbn", "author", "grade", "outside", "since", "on", "amount", "text",
            "shown_to",
        )  # fmt: skip
        widgets = {
            "on": Day,
            "since": Day,
            "text": forms.Textarea({"rows": 12, "maxlength": LONGEST}),
            "shown_to": forms.RadioSelect,
        }
        help_texts = {"isbn": "封底条码上方的数字；填了别人记过的书号，书名自动带出。"}

    def __init__(self, *args: Any, pen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sort = self.instance.sort
        for name in ASKED:
            if name not in sort.asks:
                del self.fields[name]
        for name, field in self.fields.items():
            if name in sort.labels:
                field.label = sort.labels[name]
        self._suit(sort)
        if sort.code in WRITTEN:
            self.order_fields(("title", "text", "on"))
        self.needed = [name for name in ("title", *sort.needs, "on") if name in self.fields]
        if wants_proof(self.instance) and not attachments_of(self.instance).exists():
            self.needed.append("pictures")
        self._need(drawn=True)
        self.fields["shown_to"].choices = Shown.choices  # type: ignore[attr-defined]
        self.initial.update(version=self.instance.version, pen=pen, stroke=0)

    def _suit(self, sort: Sort) -> None:
        """What single sorts want otherwise than the rest."""
        if sort.code == "degree":
            self.fields["grade"] = _level(self.instance.grade)
        if sort.code == "book":
            self.fields["text"].widget.attrs["rows"] = 3
        if wants_proof(self.instance) or sort.proof:
            self.fields["pictures"].label = "证明材料"

    def _need(self, *, drawn: bool) -> None:
        """What is drawn as needed may be blank all the same: a draft is kept as it is."""
        for name in self.needed:
            self.fields[name].required = drawn

    def full_clean(self) -> None:
        self._need(drawn=False)
        super().full_clean()
        self._need(drawn=True)

    def clean_isbn(self) -> str:
        said = self.cleaned_data["isbn"].strip()
        return _seen_as_number(said) if said else ""

    def clean(self) -> dict[str, Any]:
        """A number put where the title belongs is one; a known number brings its title."""
        said: dict[str, Any] = super().clean() or {}
        if "isbn" not in self.fields:
            return said
        if isbn.looks_like(said.get("title", "")):
            said["isbn"], said["title"] = _seen_as_number(said["title"]), ""
        known = book_by(said["isbn"]) if said.get("isbn") and not said.get("title") else None
        if known:
            said["title"], said["author"] = known.title, said.get("author") or known.author
        return said

    def begins_anew(self, version: int, pen: str) -> None:
        """Shown again after what it brought was kept."""
        data: Any = self.data
        self.data = data.copy()
        data = self.data
        data["version"], data["pen"], data["stroke"] = version, pen, 0

    @property
    def came(self) -> Copy:
        """The words as this page says them; a word that is too long comes as far as it may."""
        read = self.data.get if self.is_bound else lambda name, other="": other
        title = self.cleaned_data.get("title", read("title", "")[:120])
        return Copy(
            title,
            read("text", self.instance.text)[:LONGEST],
            self.cleaned_data.get("version") or 0,
            self.cleaned_data.get("pen") or "",
            self.cleaned_data.get("stroke") or 0,
        )

    @property
    def facts(self) -> dict[str, Any]:
        """The other fields, once all of them are right."""
        if self.errors:
            return {}
        own = self._meta.fields or ()
        return {n: self.cleaned_data[n] for n in own if n in self.cleaned_data and n not in WORDS}


class BookForm(forms.Form):
    """A book in two taps: its title, or its number where somebody has it on record."""

    title = forms.CharField(
        label="书名或书号",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "list": "titles", "enterkeyhint": "done"}),
        error_messages={"required": "请写书名，或封底的书号。"},
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        title = said.get("title", "").strip()
        if isbn.looks_like(title):
            number = _seen_as_number(title)
            known = book_by(number)
            if known is None:
                raise ValidationError("这个书号还没有人记过，请写书名；书号可以以后再补。")
            return {"title": known.title, "author": known.author, "isbn": known.isbn}
        return {"title": title.strip("《》 ")}


class ShownForm(forms.Form):
    shown = forms.ChoiceField(label="给谁看", choices=Shown.choices, widget=forms.RadioSelect)
