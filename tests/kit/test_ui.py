"""The vocabulary of screens: what the tags promise, the gallery, the vendored files, the rules."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django_filters
import pytest
from django import forms
from django.conf import settings as conf
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.paginator import Paginator
from django.template import Context, Engine, TemplateSyntaxError
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import timezone

from gonghui.kit.ui import gallery, vendor
from gonghui.kit.ui.chips import chips_of, is_filtered
from gonghui.kit.ui.templatetags import ui

ROOT = Path(__file__).resolve().parents[2]
FACE = ROOT / "src" / "gonghui" / "kit" / "ui"


@pytest.fixture
def request_(rf: RequestFactory):
    request = rf.get("/ui/?page=2")
    request._messages = CookieStorage(request)
    return request


@pytest.fixture
def bare(settings):
    """The project's templates without the shell, which needs a person."""
    templates = [dict(conf.TEMPLATES[0])]
    options = dict(templates[0]["OPTIONS"])
    options["context_processors"] = [
        "django.template.context_processors.request",
        "django.contrib.messages.context_processors.messages",
    ]
    templates[0]["OPTIONS"] = options
    settings.TEMPLATES = templates


def drawn(source: str, **context) -> str:
    engine = Engine(
        app_dirs=True, builtins=["gonghui.kit.ui.templatetags.ui"], libraries=_libraries()
    )
    text = engine.from_string(source).render(Context(context))
    return re.sub(r"\s+", " ", text).strip()


def _libraries() -> dict[str, str]:
    return {
        "static": "django.templatetags.static",
        "l10n": "django.templatetags.l10n",
        "django_tables2": "django_tables2.templatetags.django_tables2",
    }


def test_the_gallery_answers_htmx_with_its_rows_alone(bare, rf):
    request = rf.get("/ui/?q=计划&on_after=2026-01-02", headers={"HX-Request": "true"})
    request._messages = CookieStorage(request)

    page = gallery.gallery(request).content.decode()

    assert "<html" not in page
    assert "去掉筛选：标题里有 计划" in page


def test_the_sample_form_says_what_is_too_long():
    fine = gallery.SampleForm({"note": "短"})

    assert "note" not in fine.errors
    assert gallery.SampleForm({"note": "很长" * 9}).errors["note"] == [
        "说明有 18 个字，请减到 8 个字以内。"
    ]


def test_the_gallery_draws_every_tag(bare, request_):
    page = gallery.gallery(request_).content.decode()

    source = (FACE / "templates" / "ui" / "gallery.html").read_text("utf-8")
    names = set(ui.register.tags) - {"gallery"}
    unseen = {name for name in names if not re.search(rf"{{%\s*{name}\b", source)}
    assert {name for name in unseen if not name.startswith("end")} == set()
    assert 'aria-current="page"' in page
    assert page.count("<h1>") == 1


def test_no_template_of_ours_needs_inline_script_or_style():
    pages = [*ROOT.glob("src/gonghui/**/*.html")]

    guilty = [
        page.name
        for page in pages
        if re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page.read_text("utf-8"))
    ]
    assert guilty == []


def test_no_template_of_ours_asks_another_host():
    pages = [*ROOT.glob("src/gonghui/**/*.html"), *FACE.glob("static/ui/*.css")]

    guilty = [
        p.name for p in pages if re.search(r"(src|href)=\"(https?:)?//|url\(.?http", p.read_text())
    ]
    assert guilty == []


def test_every_icon_that_is_named_is_drawn():
    sprite = (FACE / "static" / "ui" / "icons.svg").read_text("utf-8")
    drawn_icons = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    pages = "".join(p.read_text("utf-8") for p in ROOT.glob("src/gonghui/**/*.html"))

    named = set(re.findall(r'{% icon "([^"]+)"', pages)) | set(
        re.findall(r' icon="([^"]+)"', pages)
    )

    assert named - drawn_icons == set()
    assert set(ui._ICON_OF_TONE.values()) <= drawn_icons


def test_page_head_escapes_its_words_and_keeps_its_actions():
    html = drawn('{% page_head t lead="为什么" %}<a href="#">办</a>{% endpage_head %}', t="<甲>")

    assert "<h1>&lt;甲&gt;</h1>" in html
    assert '<div class="page_actions"><a href="#">办</a></div>' in html
    assert "page_actions" not in drawn('{% page_head "甲" %} {% endpage_head %}')


def test_card_links_its_action_only_with_an_address():
    linked = drawn('{% card "今天" action="全部" url="/all/" %}里{% endcard %}')
    plain = drawn('{% card "今天" action="4 项" flush=True %}里{% endcard %}')

    assert '<a href="/all/">全部</a>' in linked
    assert '<span class="when">4 项</span>' in plain
    assert 'class="card flush"' in plain


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('{% button "看" url="/a/?b=1" %}', '<a class="button" href="/a/?b=1">看</a>'),
        ('{% button "存" kind="primary" %}', '<button class="button primary">存</button>'),
        (
            '{% button "删" kind="danger" small=True name="do" confirm="会删掉。" %}',
            '<button class="button danger small" data-confirm="会删掉。" name="do">删</button>',
        ),
        (
            '{% button "退" url="/x/" dialog="d" hx_get="/x/" %}',
            '<a class="button" href="/x/" data-dialog="d" hx-get="/x/">退</a>',
        ),
        ('{% button "停" disabled=True %}', '<button class="button" disabled>停</button>'),
    ],
)
def test_button_is_a_link_or_a_button(source, html):
    assert drawn(source) == html


def test_unknown_kinds_and_tones_are_mistakes():
    with pytest.raises(ValueError, match="kind"):
        drawn('{% button "看" kind="blue" %}')
    with pytest.raises(ValueError, match="tone"):
        drawn('{% state_badge "看" tone="blue" %}')
    with pytest.raises(TemplateSyntaxError):
        drawn('{% card "没有完" %}')


def test_state_always_has_its_word():
    assert drawn('{% state_badge "落后" tone="late" %}') == '<span class="state late">落后</span>'
    assert ui.tone_of("error") == "late"
    assert ui.tone("success") == "done"
    assert ui.tone_of("") == "plain"


def test_what_is_missing_says_so_and_is_never_zero():
    facts = drawn("{% facts pairs %}", pairs=[("人数", 0), ("会议", None)])

    assert "<dd>0</dd>" in facts
    assert '<dd><span class="blank">待填</span></dd>' in facts
    assert "待填" in drawn("{% bar None %}")
    assert "待填" in drawn('{% figure "入会率" None %}')
    assert drawn('{% figure "人" 0 unit="个" %}').count("0<small>个</small>") == 1
    assert "谁负责？" in drawn("{% person None %}")


def test_bar_and_ring_stay_between_nothing_and_all():
    assert 'value="100"' in drawn("{% bar 1.7 %}")
    assert 'value="0"' in drawn("{% bar share %}", share=-0.1)
    assert 'stroke-dasharray="34 100"' in drawn('{% ring 0.34 "读书" %}')
    assert "stroke-dasharray" not in drawn('{% ring None "读书" %}')


def test_a_figure_with_an_address_is_a_door():
    assert drawn('{% figure "会员" 412 url="/m/" %}').startswith(
        '<a class="figure plain" href="/m/">'
    )


def test_dates_speak_and_keep_the_full_date_on_hover(time_machine):
    time_machine.move_to(datetime(2026, 11, 21, 2, 0, tzinfo=UTC))
    today = timezone.localdate()

    due = ui.speak_date(today + timedelta(days=3))
    moment = ui.speak_date(timezone.now() + timedelta(hours=4))

    assert due == '<time datetime="2026-11-24" title="2026 年 11 月 24 日 星期二">3 天后到期</time>'
    assert "今天 14:00</time>" in moment
    assert 'title="2026 年 11 月 21 日 星期六 14:00"' in moment
    assert ">前天<" in ui.speak_day(today - timedelta(days=2))
    assert ui.speak_date(None) == ""


def test_org_path_takes_many_or_one():
    assert drawn("{% org_path orgs %}", orgs=["市总", "公司"]).count("›") == 1
    assert drawn("{% org_path '市总' %}") == '<span class="org_path"><span>市总</span></span>'


def test_empty_teaches_the_first_step():
    html = drawn('{% empty "还没有计划" "先传一份。" action="上传" url="/up/" level=1 %}')

    assert "<h1>还没有计划</h1>" in html
    assert 'href="/up/"' in html


class Small(forms.Form):
    name = forms.CharField(label="姓名", help_text="身份证上的。")
    open = forms.BooleanField(label="公开", required=False)
    paper = forms.FileField(label="附件", required=False)


def test_form_keeps_the_input_and_says_what_is_wrong_beside_the_field():
    form = Small({"name": "", "open": "on"})

    html = drawn('{% form form submit_label="送审" cancel_url="/x/" draft="d" %}', form=form)

    assert 'enctype="multipart/form-data"' in html
    assert 'data-draft="d"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert re.search(r'<label for="id_open"><input type="checkbox"[^>]*checked', html)
    assert "data-drop" in html
    assert "选填" not in html.split("附件")[0].split("姓名")[1].split("</label>")[0]


def test_pager_keeps_the_rest_of_the_address(rf):
    request = rf.get("/list/?q=计划&page=3")
    page = Paginator(range(100), 10).page(3)

    html = drawn("{% pager page %}", page=page, request=request)

    assert 'rel="next" href="?q=%E8%AE%A1%E5%88%92&amp;page=4"' in html
    assert 'aria-current="page"' in html
    assert drawn("{% pager page %}", page=Paginator([], 10).page(1), request=request) == ""


def test_pager_without_a_target_opens_whole_pages(rf):
    page = Paginator(range(100), 10).page(3)

    whole = drawn('{% pager page target="" %}', page=page, request=rf.get("/"))
    part = drawn("{% pager page %}", page=page, request=rf.get("/"))

    assert "hx-" not in whole
    assert 'hx-target="#rows" hx-select="#rows"' in part
    assert 'hx-get="?page=4"' in part


class Filters(django_filters.FilterSet):
    q = django_filters.CharFilter(label="标题里有")
    state = django_filters.ChoiceFilter(label="状态", choices=[("组", [("doing", "进行中")])])
    kinds = django_filters.MultipleChoiceFilter(
        label="种类", choices=[("a", "年度"), ("b", "专项")]
    )
    mine = django_filters.BooleanFilter(label="我的")
    on = django_filters.DateFromToRangeFilter(label="日期")
    size = django_filters.RangeFilter(label="人数")
    who = django_filters.ModelChoiceFilter(label="负责人", queryset=ContentType.objects.all())
    whose = django_filters.ModelMultipleChoiceFilter(
        label="参与", queryset=ContentType.objects.all()
    )
    at = django_filters.IsoDateTimeFilter(label="时间")


def filters(rf, query: str):
    request = rf.get(f"/list/?{query}")
    return Filters(request.GET, queryset=gallery._Nothing()), request.GET


def test_chips_say_what_is_filtered_and_how_to_undo_it(rf):
    found, query = filters(
        rf, "q=计划&state=doing&kinds=a&kinds=b&mine=true&on_after=2026-01-02&page=2"
    )

    chips = chips_of(found, query)

    assert [(chip.label, chip.value) for chip in chips] == [
        ("标题里有", "计划"),
        ("状态", "进行中"),
        ("种类", "年度、专项"),
        ("我的", "是"),
        ("日期", "2026-01-02 起"),
    ]
    assert "on_after" not in chips[-1].url
    assert "page" not in chips[-1].url
    assert "state=doing" in chips[-1].url


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("on_before=2026-01-09", "至 2026-01-09"),
        ("on_after=2026-01-02&on_before=2026-01-09", "2026-01-02 至 2026-01-09"),
        ("size_min=3&size_max=8", "3 至 8"),
        ("mine=false", "否"),
    ],
)
def test_chips_say_ranges_and_noes_in_words(rf, query, words):
    found, given = filters(rf, query)

    assert [chip.value for chip in chips_of(found, given)] == [words]


@pytest.mark.django_db
def test_chips_name_chosen_records_by_their_own_words(rf):
    first, second = ContentType.objects.order_by("pk")[:2]

    found, given = filters(rf, f"who={first.pk}&whose={first.pk}&whose={second.pk}")
    who, whose = chips_of(found, given)

    assert who.value == str(first)
    assert set(whose.value.split("、")) == {str(first), str(second)}


def test_chips_say_a_moment_by_its_day(rf):
    found, given = filters(rf, "at=2026-01-02T08:00:00Z")

    assert [chip.value for chip in chips_of(found, given)] == ["2026-01-02"]


@pytest.mark.django_db
def test_a_list_without_filters_is_not_filtered(rf):
    assert not is_filtered(None)
    assert not is_filtered(filters(rf, "q=&page=2")[0])
    assert is_filtered(filters(rf, "q=计划")[0])
    assert not is_filtered(Filters(None, queryset=gallery._Nothing()))
    assert not is_filtered(filters(rf, "on_after=昨天")[0])


def test_vendored_files_lose_their_maps_and_lie_below_ours(tmp_path):
    source = tmp_path / "node_modules"
    for path in vendor.FILES.values():
        file = source / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('@charset "UTF-8";a{color:red}\n/*# sourceMappingURL=a.css.map */', "utf-8")

    written = vendor.copy_files(source, tmp_path / "vendor")

    texts = {file.name: file.read_text("utf-8") for file in written}
    assert texts["tabler.min.css"] == "@layer vendor{a{color:red}}\n"
    assert all("sourceMappingURL" not in text for text in texts.values())


def test_vendor_says_what_is_not_installed(tmp_path):
    with pytest.raises(SystemExit, match="npm ci --ignore-scripts"):
        vendor.copy_files(tmp_path, tmp_path / "vendor")


def test_the_lock_names_no_registry():
    lock = (ROOT / "package-lock.json").read_text("utf-8")

    assert '"resolved"' not in lock
    assert "registry" not in lock
    assert json.loads(lock)["packages"]["node_modules/axe-core"]["dev"] is True


def test_a_page_one_level_below_its_list_has_one_crumb():
    assert ui.crumb("工作计划", "/plans/") == [("工作计划", "/plans/")]


def test_every_template_of_the_face_and_the_screens_compiles(bare):
    folders = [FACE / "templates", ROOT / "src/gonghui/site/templates"]
    folders.append(ROOT / "src/gonghui/core/screens/templates")
    for folder in folders:
        for page in folder.rglob("*.html"):
            get_template(str(page.relative_to(folder)))
            assert len(page.read_text("utf-8").splitlines()) <= 150
