"""What is asked of a paper that was issued, and why one is withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.choices import ORG_NAMES, offer_body
from gonghui.kit.lookup import LookupField
from gonghui.kit.several_files import SeveralFiles
from gonghui.kit.widgets import Day

from .models import COUNTED, Kind, Publication
from .queries import draft_of, lacks_words, last_number


class PublicationForm(forms.ModelForm):  # type: ignore[type-arg]
    """One issued paper; the next number of the year is proposed and said to be so."""

    org = LookupField(label="印发单位", names=ORG_NAMES)
    papers = SeveralFiles(
        label="印发的文件",
        required=False,
        help_text="发出去的那一份，Word 或 PDF 都行；宣传单、横幅可以传照片，也可以不传。",
    )

    class Meta:
        model = Publication
        fields = (
            "org", "kind", "title", "year", "number", "copies", "issued_on", "sent_to",
            "adopted_by", "adopted_on", "papers",
        )  # fmt: skip
        widgets = dict.fromkeys(("issued_on", "adopted_on"), Day)
        help_texts = {
            "copies": "宣传单写份数，横幅写条数；其他的不填。",
            "sent_to": "例如：报上级工会，发各基层工会。",
            "adopted_by": "被上级或媒体采用的，写明是哪里，以后也可以补登。",
        }

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self.instance.paper_id is not None
        if draft and not self.instance.pk:
            del self.fields["org"]
        else:
            offer_body(self, actor, org, "communication.write")
        if not self.instance.pk:
            self._propose(self.instance.org if draft else self.initial.get("org"))
        if self.instance.pk:
            self.fields["papers"].label = "补传文件"
        elif draft:
            # Reads the draft, so only where the form is drawn.
            self.fields["papers"].help_text = lazy(self._draft_words, str)()

    def _draft_words(self) -> str:
        """What members will read where no file is sent."""
        draft = draft_of(self.instance.paper) if self.instance.paper else None
        if draft is None:
            return "改定后发出去的那一份。不传的，只留草稿编号和数字，会员看不到全文。"
        if lacks_words(draft):
            return "改定后发出去的那一份。草稿里还有没填的【】，不传的，会员看不到全文。"
        return (
            "草稿改过的，传改定后发出去的那一份；不传的，就把草稿原文存为印发的文件，会员看得到。"
        )

    def _propose(self, org: Org | None) -> None:
        """The number after the last one, with the words by which it is checked."""
        year = timezone.localdate().year
        self.initial["year"] = year
        kind = self.instance.kind or Kind.BRIEF
        if org is None or kind != Kind.BRIEF:
            return
        last = last_number(org, kind, year)
        self.initial["number"] = last + 1
        known = f"{year}年登记到第 {last} 期" if last else f"{year}年还没有登记过简报"
        words = f"{org}{known}，这里建议第 {last + 1} 期，请对照印发件核对。"
        self.fields["number"].help_text = words + "信息和经验材料可以不写。"

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") == Kind.BRIEF and not said.get("number"):
            self.add_error("number", ValidationError("简报要写期号。"))
        counted = said.get("kind") in COUNTED
        if "copies" in said and counted != bool(said["copies"]):
            words = "写明发了多少份、挂了多少条。" if counted else "只有宣传单、横幅填数量。"
            self.add_error("copies", ValidationError(words))
        return said


class WithdrawForm(forms.Form):
    """Why it counts no more."""

    reason = forms.CharField(
        label="撤回原因", max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text="撤回以后不再计入期数，记录和文件仍然保留。",
    )  # fmt: skip
