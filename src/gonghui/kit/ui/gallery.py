"""The page that shows every tag of the face with every variant; a test renders it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html

from gonghui.kit import dates

STATES = [("plan", "未开始"), ("doing", "进行中"), ("done", "完成"), ("late", "落后")]
TONES = {"plan": "plain", "doing": "doing", "done": "done", "late": "late"}
LONG_NAME = "安澜市装备制造与轨道交通产业工会联合会第三机械加工车间女职工委员会"
_NOTE_LIMIT = 8


@dataclass(frozen=True)
class Happened:
    """A line of the sample timeline."""

    label: str
    by: str
    at: datetime
    note: str = ""
    changes: list[tuple[str, object, object]] = field(default_factory=list)


class SampleForm(forms.Form):
    """One field of every kind the product asks with."""

    title = forms.CharField(label="标题", max_length=40, help_text="不超过 40 个字。")
    note = forms.CharField(label="说明", widget=forms.Textarea, required=False)
    day = forms.DateField(
        label="日期", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    count = forms.IntegerField(label="人数", min_value=0, error_messages={"required": "请填人数。"})
    state = forms.ChoiceField(label="状态", choices=STATES)
    kind = forms.ChoiceField(
        label="形式", widget=forms.RadioSelect, choices=[("in", "线下"), ("out", "线上")]
    )
    areas = forms.MultipleChoiceField(
        label="范围",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "学习"), ("b", "竞赛"), ("c", "关爱")],
        required=False,
    )
    public = forms.BooleanField(label="向全体会员公开", required=False)
    paper = forms.FileField(label="附件", required=False, help_text="Word、PDF，20 MB 以内。")

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if len(note) > _NOTE_LIMIT:
            raise forms.ValidationError(f"说明有 {len(note)} 个字，请减到 {_NOTE_LIMIT} 个字以内。")
        return note


class SampleFilters(django_filters.FilterSet):
    """Text, choice, several choices and a range of days."""

    q = django_filters.CharFilter(label="标题里有")
    state = django_filters.ChoiceFilter(label="状态", choices=STATES, empty_label="全部")
    on = django_filters.DateFromToRangeFilter(
        label="日期",
        widget=django_filters.widgets.DateRangeWidget(attrs={"type": "date", "aria-label": "日期"}),
    )


class SampleTable(tables.Table):
    """Rows with a box, a link, a state, a share and a number."""

    selected = tables.Column(accessor="pk", orderable=False, verbose_name="选择")
    title = tables.Column(verbose_name="标题")
    state = tables.Column(verbose_name="状态")
    share = tables.Column(verbose_name="进度")
    count = tables.Column(
        verbose_name="人数", attrs={"td": {"class": "number"}, "th": {"class": "number"}}
    )

    class Meta:
        caption: ClassVar[str] = "样例任务"
        order_by = "title"

    def render_selected(self, value: int) -> str:
        return format_html(
            '<label class="tick"><input type="checkbox" name="selected" value="{}">'
            '<span class="unseen">选中第 {} 行</span></label>',
            value,
            value,
        )

    def render_title(self, value: str) -> str:
        return format_html('<a href="#table">{}</a>', value)

    def render_state(self, value: str) -> str:
        return format_html('<span class="state {}">{}</span>', TONES[value], dict(STATES)[value])

    def render_share(self, value: int) -> str:
        return f"{value}%"


def gallery(request: HttpRequest) -> HttpResponse:
    """Every tag with every variant, on sample data that lives only here."""
    table = SampleTable(_rows())
    tables.RequestConfig(request, paginate={"per_page": 5}).configure(table)
    typed = {"wrong-title": "班组长学习交流会", "wrong-note": "说明写得太长了一点"}
    wrong = SampleForm(typed, prefix="wrong")
    return render(
        request,
        "ui/gallery.html#rows" if "HX-Request" in request.headers else "ui/gallery.html",
        {
            "sample": SampleForm(prefix="fresh"),
            "wrong": wrong,
            "filterset": SampleFilters(request.GET or None, queryset=_Nothing()),
            "table": table,
            "crumbs": [("工作计划", "#"), ("2026 年工作计划", "#"), ("样例", "")],
            "views": _views(),
            "pairs": [("名称", LONG_NAME), ("届次", "第五届"), ("会议", None), ("人数", 0)],
            "orgs": ["安澜市总工会", "安澜机械公司工会", "装配车间分会"],
            "long_name": LONG_NAME,
            "entries": _entries(),
            "bulk": [{"name": "remind", "label": "提醒"}, {"name": "finish", "label": "办结"}],
            "tones": ["plain", "doing", "done", "late", "wait"],
            **_days(),
        },
    )


class _Nothing:
    """Stands where a filter set wants rows; the gallery asks no database."""

    model = None


def _rows() -> list[dict[str, Any]]:
    names = ["征集合理化建议", "组织职工体检", "班组长学习交流会", LONG_NAME]
    states = list(TONES)
    return [
        {
            "pk": number,
            "title": names[number % 4],
            "state": states[number % 4],
            "share": number * 7 % 101,
            "count": number * 3,
        }
        for number in range(1, 64)
    ]


def _views() -> list[dict[str, Any]]:
    return [
        {"label": "目录", "url": "#tabs", "current": True, "icon": "list-tree"},
        {"label": "看板", "url": "#tabs", "icon": "layout-kanban"},
        {"label": "月历", "url": "#tabs", "icon": "calendar"},
        {"label": "逾期", "url": "#tabs", "count": 3},
    ]


def _entries() -> list[Happened]:
    now = timezone.now()
    changed: list[tuple[str, object, object]] = [("截止", "11-19", "11-30"), ("责任人", "", "周敏")]
    return [
        Happened("退回", "王审核", now - timedelta(minutes=5), "第二章的数字请再核对一次。"),
        Happened("修改", "周敏", now - timedelta(days=1), changes=changed),
        Happened("新建", "周敏", now - timedelta(days=40)),
    ]


def _days() -> dict[str, Any]:
    now, today = timezone.now(), timezone.localdate()
    first = today - timedelta(days=today.weekday())
    strip = [first + timedelta(days=count) for count in range(14)]
    return {
        "moments": [now, now - timedelta(hours=30), now + timedelta(days=60)],
        "dues": [today + timedelta(days=days) for days in (-2, 0, 1, 3, 60)],
        "lunar": dates.lunar_day(today),
        "strip": [_strip_day(day, today) for day in strip],
    }


def _strip_day(day: date, today: date) -> dict[str, Any]:
    look = "today" if day == today else "off" if day.weekday() > 4 else ""
    return {
        "day": day,
        "weekday": dates.weekday(day),
        "look": look,
        "festival": dates.festival(day),
    }
