"""What is said when somebody answers for a finding."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.kit.widgets import Day

from .models import Finding


class AcknowledgeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The reason, what is planned, and when to look again."""

    class Meta:
        model = Finding
        fields = ("reason", "until")
        widgets = {"until": Day, "reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "reason": "为什么会这样，打算怎么办；上级工会也能看到。",
            "until": "到这一天还没有消除，或者变得更严重，就重新列出来；留空则一直到消除为止。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
