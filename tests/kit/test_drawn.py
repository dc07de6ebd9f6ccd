"""What is drawn in Python says what the libraries' own templates would, letter for letter."""

import re
from datetime import UTC, date, datetime

import django_tables2 as tables
import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Value, When
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django_q.models import Schedule

from gonghui.kit.ui.drawing import attributes, icon, state_badge
from gonghui.kit.ui.renderer import DRAWN, FormRenderer
from gonghui.kit.ui.rows import rows_of

GROUPS = [("", "不限"), ("甲", [("a", "<甲>"), ("b", "乙")])]


def told(html: str) -> str:
    return re.sub(r">\s+", ">", re.sub(r"\s+<", "<", html)).replace("&#x27;", "&#39;")


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(attrs={"list": "x", "required": True, "disabled": False}), '"a" & <b>'),
        (forms.TextInput(), None),
        (forms.NumberInput(attrs={"min": 0}), 12),
        (forms.DateInput(format="%Y-%m-%d"), date(2026, 3, 1)),
        (forms.HiddenInput(), "x"),
        (forms.PasswordInput(), "x"),
        (forms.CheckboxInput(), True),
        (forms.FileInput(), None),
        (forms.Textarea(), "一\n<二>"),
        (forms.Textarea(), None),
        (forms.Select(choices=GROUPS), "a"),
        (forms.RadioSelect(choices=GROUPS), "b"),
    ],
)
def test_a_box_is_drawn_as_django_draws_it(widget, value):
    ours = widget.render("n<", value, {"id": "id_n"}, FormRenderer())

    theirs = widget.render("n<", value, {"id": "id_n"}, DjangoTemplates())
    assert told(ours) == told(theirs)


class Asked(forms.Form):
    name = forms.CharField(label="姓<名>", help_text="写全")
    note = forms.CharField(label="说明", required=False)
    public = forms.BooleanField(label="公开", required=False)
    paper = forms.FileField(label="附件", required=False)
    way = forms.ChoiceField(label="形式", widget=forms.RadioSelect, choices=[("a", "线下")])


def test_a_field_says_its_label_its_help_and_what_is_wrong_with_it():
    form = Asked({"name": ""}, renderer=FormRenderer())

    html = form["name"].as_field_group()

    assert '<div class="field wrong"><label for="id_name">姓&lt;名&gt;</label>' in html
    assert '<ul class="errorlist" id="id_name_error"><li>' in html
    assert '<p class="help" id="id_name_helptext">写全</p></div>' in html


def test_a_field_that_may_stay_empty_says_so():
    form = Asked(renderer=FormRenderer())

    assert '<span class="optional">选填</span></label>' in form["note"].as_field_group()
    assert "errorlist" not in form["note"].as_field_group()


def test_boxes_files_and_several_choices_have_their_own_frame():
    form = Asked(renderer=FormRenderer())

    assert (
        form["public"]
        .as_field_group()
        .startswith('<div class="field check"><label for="id_public"><input type="checkbox"')
    )
    assert '<div class="field drop" data-drop>' in form["paper"].as_field_group()
    assert '<fieldset class="field choices"><legend>形式</legend>' in form["way"].as_field_group()


def test_a_group_with_a_hint_points_at_it():
    class Hinted(forms.Form):
        way = forms.ChoiceField(
            label="形式", widget=forms.RadioSelect, choices=[("a", "线下")], help_text="选一个"
        )

    html = Hinted(renderer=FormRenderer())["way"].as_field_group()

    assert '<fieldset class="field choices" aria-describedby="id_way_helptext">' in html


def test_only_what_is_named_is_drawn_by_us():
    assert "django/forms/widgets/radio.html" not in DRAWN


def test_signs_and_states_escape_their_words():
    assert icon("plus").count("#plus") == 1
    assert state_badge("<迟>", "late", title='"为何"') == (
        '<span class="state late" title="&quot;为何&quot;">&lt;迟&gt;</span>'
    )
    assert attributes({"a": True, "b": False, "c": None, "d": '"'}) == ' a d="&quot;"'


class Sample(tables.Table):
    name = tables.Column(linkify=lambda record: f"/{record['name']}/")
    on = tables.DateColumn(format="Y-m-d")
    count = tables.Column(attrs={"td": {"class": "number"}})
    share = tables.Column(localize=True, attrs={"td": {"data-of": lambda record: record["count"]}})
    plain = tables.Column(localize=False)
    note = tables.Column(default="—", accessor="more__note")
    all = tables.Column(empty_values=(), orderable=False)

    def render_all(self, **known):
        return mark_safe(f"<b>{known['record']['count']}</b>")


ROWS = [
    {"name": "<甲>", "on": date(2026, 3, 1), "count": 1234, "share": 1.5, "plain": 2.5,
     "more": {"note": "有"}},
    {"name": "", "on": None, "count": None, "share": 0, "plain": 0, "more": None},
]  # fmt: skip

# As the library's own template draws the cells.
THEIRS = """{% load l10n %}{% for row in table.paginated_rows %}<tr{% if table.row_attrs %} {{ row.attrs.as_html }}{% endif %}>{% for column, cell in row.items %}<td data-label="{{ column.header }}"{% if column.attrs.td.as_html %} {{ column.attrs.td.as_html }}{% endif %}>{% if column.localize == None %}{{ cell }}{% elif column.localize %}{{ cell|localize }}{% else %}{{ cell|unlocalize }}{% endif %}</td>{% endfor %}</tr>
{% endfor %}"""  # noqa: E501  # a template is one line


@pytest.mark.parametrize("row_attrs", [{}, {"data-name": lambda record: record["name"]}])
def test_rows_are_drawn_as_the_library_draws_them(row_attrs, rf):
    table, same = (Sample(ROWS, row_attrs=row_attrs) for _ in range(2))
    same.context = Context({"request": rf.get("/")})
    table.context = same.context

    ours = rows_of(table)

    theirs = Template(THEIRS).render(Context({"table": same, "request": rf.get("/")}))
    assert ours == theirs.strip()


class OfModel(tables.Table):
    """A model's columns, of which none needs the library once it is known."""

    model = tables.Column(linkify=lambda record: f"/{record.pk}/")
    grade = tables.Column(default="—")
    twice = tables.TemplateColumn("{{ record.model }}{{ value|default:default }}", accessor="id")
    own = tables.Column(empty_values=(), accessor="natural_key")

    class Meta:
        model = ContentType
        fields = ("app_label", "model")

    def render_own(self, record):
        return f"<{record.model}>"


@pytest.mark.django_db
def test_rows_of_a_model_are_drawn_as_the_library_draws_them(rf):
    found = ContentType.objects.order_by("pk").annotate(
        grade=Case(When(pk__gt=3, then=Value("高"))), at=Value(date(2026, 3, 1))
    )[:5]
    columns = [("at", tables.DateColumn(format="Y-m-d"))]
    table, same = (OfModel(found, extra_columns=columns) for _ in range(2))
    same.context = table.context = Context({"request": rf.get("/")})

    ours = rows_of(table)

    theirs = Template(THEIRS).render(Context({"table": same, "request": rf.get("/")}))
    assert ours == theirs.strip()
    assert "2026-03-01" in ours


class Daily(Schedule):
    """A model with its own words for a choice."""

    class Meta:
        proxy = True
        app_label = "django_q"

    def get_schedule_type_display(self):
        return f"<{self.schedule_type}>"


class Runs(tables.Table):
    """Doors by a record's number, words of choices, and moments, with a door and without."""

    name = tables.Column(linkify=("lists:view-drop", {"pk": tables.A("pk")}))
    repeats = tables.Column(linkify=("lists:view-drop", {"pk": tables.A("repeats")}))
    func = tables.Column(
        linkify=("lists:view-drop", {"pk": tables.A("pk")}), attrs={"a": {"rel": "next"}}
    )
    hook = tables.Column(linkify=("lists:view-keep", {}), empty_values=())
    next_run = tables.DateTimeColumn(
        format="Y-m-d H:i", linkify=("lists:view-drop", {"pk": tables.A("pk")}), default="无<"
    )
    first = tables.DateColumn(accessor="next_run")
    asked = tables.DateTimeColumn(accessor="next_run", extra_context={"value": "另"})

    class Meta:
        model = Schedule
        fields = ("name", "schedule_type", "repeats", "func", "next_run")


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Schedule, Daily])
def test_doors_choices_and_moments_are_drawn_as_the_library_draws_them(model, rf):
    Schedule.objects.bulk_create(
        [
            Schedule(name="<甲>", func="f", schedule_type="D", repeats=3,
                     next_run=datetime(2026, 3, 1, 20, tzinfo=UTC)),
            Schedule(name="乙", func="f", schedule_type="不知", next_run=None, repeats=7),
        ]
    )  # fmt: skip
    table, same = (Runs(model.objects.order_by("pk")) for _ in range(2))
    same.context = table.context = Context({"request": rf.get("/")})

    ours = rows_of(table)

    theirs = Template(THEIRS).render(Context({"table": same, "request": rf.get("/")}))
    assert ours == theirs.strip()
    assert "2026-03-02 04:00" in ours  # the day here, not in Greenwich
