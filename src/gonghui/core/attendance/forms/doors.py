"""When and where members sign in to a session by themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from gonghui.core.activities.models import Session

LONGEST = 24 * 60  # minutes


class DoorsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Minutes around the session, and a place where one is asked for."""

    class Meta:
        model = Session
        fields = ("doors_before", "doors_after", "latitude", "longitude", "radius")
        help_texts = {
            "doors_before": "会员扫现场码签到的开始时间；名单签到不受它限制。",
            "latitude": "留空就不看位置。三项都填，会员要在范围以内才能扫现场码签到。",
            "radius": "室内定位常差几十米，一般不少于 200。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("doors_before", "doors_after"):
            field: Any = self.fields[name]
            field.validators.append(MaxValueValidator(LONGEST, f"最多 {LONGEST} 分钟（一天）。"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        place = {name: said.get(name) for name in ("latitude", "longitude", "radius")}
        missing = [name for name, value in place.items() if value is None]
        if missing and len(missing) < len(place) and not self.errors:
            self.add_error(missing[0], "纬度、经度和范围要一起填写，或都留空。")
        return said
