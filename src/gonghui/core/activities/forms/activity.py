"""What an officer fills in about an activity, its sessions and the rooms it uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, reachable
from gonghui.kit.dates import day_said
from gonghui.kit.lookup import LookupField, SeveralLookupField
from gonghui.kit.several_files import SeveralFiles
from gonghui.kit.widgets import Moment

from ..actions.activities import Sitting
from ..kinds import kind_choices
from ..models import Activity, Resource, Session
from ..occasions import occasion_choices
from ..queries.days_off import holiday_name
from ..queries.reach import people_of

# Whom an activity is meant for (R-022), in the sources' words, and who may come besides members.
CATEGORIES = (
    ("cadre", "机关干部"),
    ("front_line", "一线职工"),
    ("technical", "科技人员"),
    ("young", "骨干青年职工"),
    ("women", "女职工"),
    ("union", "工会干部"),
)
OUTSIDERS = (
    ("family", "家属"),
    ("retired", "退休职工"),
    ("student", "学生"),
    ("resident", "社区居民"),
)


FROM, TILL = time(9), time(11)


class ActivityForm(forms.ModelForm):  # type: ignore[type-arg]
    """The notice of an activity; a new one also takes its first session and its places.

    Afterwards places are changed where those who wait move up into them.
    """

    CATEGORIES, OUTSIDERS = CATEGORIES, OUTSIDERS

    org = LookupField(label="举办组织", names=ORG_NAMES)
    kind = forms.ChoiceField(label="类别", choices=kind_choices)
    starts_at = forms.DateTimeField(label="开始", required=False, widget=Moment)
    ends_at = forms.DateTimeField(label="结束", required=False, widget=Moment)
    organiser = LookupField(label="负责人", names=PERSON_NAMES, beside="org", required=False)
    audience = SeveralLookupField(
        label="面向单位",
        names=ORG_NAMES,
        required=False,
        help_text="留空就面向举办组织的全体人员；几个单位用“、”隔开。",
    )
    categories = forms.MultipleChoiceField(
        label="面向人员",
        choices=CATEGORIES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    outsiders = forms.MultipleChoiceField(
        label="会员以外",
        choices=OUTSIDERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    partners = SeveralLookupField(
        label="协办组织",
        names=ORG_NAMES,
        required=False,
        help_text="对方同意协办以后，对方的人也看得到、可以报名；您管的组织不用再同意。",
    )
    occasion = forms.ChoiceField(
        label="节日",
        choices=lambda: [("", "不为节日"), *occasion_choices()],
        required=False,
        help_text="为哪个节日办；明年到了节前会提醒照此再办。",
    )
    papers = SeveralFiles(
        label="文件",
        required=False,
        help_text="方案、规则、报名表等，可以一次选几个；看得到通知的人都能下载。",
    )
    picture = forms.FileField(
        label="图片",
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png"}),
        help_text="放在通知上方，JPG 或 PNG，5 MB 以内；再选一张就换掉原来的。",
    )

    field_order = (
        "org", "kind", "title", "occasion", "starts_at", "ends_at", "place", "organiser", "theme",
        "purpose", "programme", "papers", "picture", "partners", "outside_partners", "audience",
        "categories", "outsiders", "admits", "cost", "capacity", "opens_at", "closes_at",
        "withdraw_by",
    )  # fmt: skip

    class Meta:
        model = Activity
        fields = (
            "kind", "title", "occasion", "theme", "purpose", "place", "outside_partners",
            "programme", "cost", "categories", "outsiders", "admits", "capacity", "opens_at",
            "closes_at",
            "withdraw_by", "companions_allowed", "consent",
        )  # fmt: skip
        widgets = {
            "purpose": forms.Textarea({"rows": 3}),
            "programme": forms.Textarea({"rows": 6}),
            "consent": forms.Textarea({"rows": 3}),
            "opens_at": Moment,
            "closes_at": Moment,
            "withdraw_by": Moment,
        }
        help_texts = {
            "programme": "每行一项，如“14:00 开幕”。",
            "consent": "报名的人要先同意，如保险和拍照的说明。",
            "withdraw_by": "过了这个时间，退出要找组织者。",
            "admits": "不在“面向人员”里的、不是会员又不在“会员以外”里的人；您自己替人报名、发邀请，"
            "就算同意。“面向单位”以外的人看不到这个活动。",
            "capacity": "留空就不限人数；分到单位、组别的，以后在“名额和问题”里写。",
        }

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        org: Org | None,
        asked: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        may_hold = reachable(actor, "activities.write")
        fields: Any = self.fields
        fields["admits"].required = False
        fields["org"].offer(may_hold)
        home = self.instance.org if self.instance.pk else org
        fields["organiser"].offer(people_of(home, actor, self.instance.organiser_id))
        fields["audience"].offer(may_hold)
        fields["partners"].offer(Org.objects.filter(until=None))
        if self.instance.pk:
            self._fill()
        else:
            self.initial.update(suggested(asked or {}))
            if org is not None and may_hold.filter(pk=org.pk).exists():
                self.initial["org"] = fields["org"].choice(org)

    def _fill(self) -> None:
        for name in ("org", "starts_at", "ends_at", "capacity"):
            del self.fields[name]
        self.initial["organiser"] = self.instance.organiser
        self.initial["audience"] = list(self.instance.audience.all())
        self.initial["partners"] = list(self.instance.partners.all())

    def clean_admits(self) -> str:
        """Nothing said leaves it as it is."""
        return str(self.cleaned_data["admits"] or self.instance.admits)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        starts, ends = said.get("starts_at"), said.get("ends_at")
        if bool(starts) != bool(ends):
            self.add_error("ends_at" if starts else "starts_at", "开始和结束时间要一起填。")
        elif starts and ends and ends <= starts:
            self.add_error("ends_at", "结束时间要晚于开始时间。")
        elif starts:
            self._heed_holiday(starts)
        return said

    def _heed_holiday(self, starts: datetime) -> None:
        """A day off is asked about once, not forbidden: many a match is held on one."""
        day = timezone.localdate(starts)
        if not (name := holiday_name(day)) or self.data.get("on_holiday"):
            return
        self.fields["on_holiday"] = forms.BooleanField(label="放假也办", required=False)
        self.add_error(
            "on_holiday", f"{day.month} 月 {day.day} 日{name}放假；要在这天办，请勾选这一项再保存。"
        )


def suggested(asked: Mapping[str, str]) -> dict[str, Any]:
    """What a door that leads to a new activity says already: its kind, day, festival and name.

    The hours are only where one begins; whoever plans it sets them.
    """
    names = ("kind", "occasion", "title", "theme", "place")
    said: dict[str, Any] = {name: asked[name] for name in names if asked.get(name)}
    day = day_said(asked.get("on", ""))
    if day is None:
        return said
    zone = timezone.get_current_timezone()
    hours = {"starts_at": FROM, "ends_at": TILL}
    return said | {name: datetime.combine(day, hour, zone) for name, hour in hours.items()}


class SessionForm(forms.Form):
    """One session; an empty row is left out, one ticked for removal goes."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="场次名称", required=False, max_length=60)
    starts_at = forms.DateTimeField(label="开始", required=False, widget=Moment)
    ends_at = forms.DateTimeField(label="结束", required=False, widget=Moment)
    place = forms.CharField(label="地点", required=False, max_length=100)
    resources = forms.ModelMultipleChoiceField(
        label="占用场地设备",
        queryset=Resource.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if resources:
            fields["resources"].queryset = resources
        else:
            del self.fields["resources"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        starts, ends = said.get("starts_at"), said.get("ends_at")
        if not starts and not ends and (said.get("title") or said.get("place")):
            self.add_error("starts_at", "请填这一场的时间，或把整行清空。")
        elif bool(starts) != bool(ends):
            self.add_error("ends_at" if starts else "starts_at", "开始和结束时间要一起填。")
        elif starts and ends and ends <= starts:
            self.add_error("ends_at", "结束时间要晚于开始时间。")
        return said

    def sitting(self) -> Sitting | None:
        said = self.cleaned_data
        if not said.get("starts_at") or said.get("DELETE"):
            return None
        return Sitting(
            said["starts_at"],
            said["ends_at"],
            said["title"],
            said["place"],
            tuple(said.get("resources") or ()),
            said["pk"],
        )


SessionRows = forms.formset_factory(
    SessionForm, extra=2, can_delete=True, can_delete_extra=False, max_num=60
)


def session_rows(activity: Activity, data: Any = None) -> Any:
    """The sessions of an activity as rows of a form, with two empty ones below."""
    resources = Resource.objects.filter(org__path__in=activity.org.ancestor_paths())
    initial = [_row(session) for session in activity.sessions.prefetch_related("resources")]
    return SessionRows(
        data, initial=initial, form_kwargs={"resources": resources.filter(is_in_use=True)}
    )


def _row(session: Session) -> dict[str, Any]:
    return {
        "pk": session.pk,
        "title": session.title,
        "starts_at": _local(session.starts_at),
        "ends_at": _local(session.ends_at),
        "place": session.place,
        "resources": [one.pk for one in session.resources.all()],
    }


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


class ResourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A room or a piece of equipment."""

    org = LookupField(label="归属", names=ORG_NAMES)

    field_order = ("name", "kind", "org")

    class Meta:
        model = Resource
        fields = ("name", "kind", "org", "seats", "address", "note", "is_in_use")

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_hold = reachable(actor, "activities.write")
        fields: Any = self.fields
        fields["org"].offer(may_hold)
        own = self.instance.org if self.instance.pk else org
        if own is not None and may_hold.filter(pk=own.pk).exists():
            self.initial["org"] = fields["org"].choice(own)
