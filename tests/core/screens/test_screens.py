"""The machine behind every list, page, form and step, looked at through a letter and real posts."""

from __future__ import annotations

import re
from types import SimpleNamespace

import django_tables2 as tables
import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import Http404, HttpResponse
from django.urls import reverse

from gonghui.apps.organisation.forms import bodies as organisation_forms
from gonghui.core.flow.life import Flow, Transition, flows
from gonghui.core.history.trail import history_of
from gonghui.core.notices.models import Letter, Notice
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Post
from gonghui.core.screens import exports
from gonghui.core.screens.screens import Screens, registry
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import everybody, nobody
from tests.factories.organisation import OrgFactory


class Why(forms.Form):
    takes_subject = True
    reason = forms.CharField()

    def __init__(self, *args, subject, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.subject, self.actor = subject, actor


class LetterTable(tables.Table):
    class Meta:
        model = Letter
        fields = ("channel",)


def stumble(letter, **_):
    raise DomainError("邮路不通")


STEPS = (
    Transition("send", "发出", ("waiting",), "sent", everybody, is_main=True, confirm="发吗？"),
    Transition("fail", "失败", ("waiting",), "failed", everybody, form=Why),
    Transition("stumble", "绊倒", ("waiting",), "failed", everybody, effect=stumble),
    Transition("lose", "遗失", ("waiting",), "failed", nobody),
)


@pytest.fixture
def letters():
    """Screens of a letter, gone from the registries afterwards."""

    class LetterScreens(Screens):
        model = Letter
        table = LetterTable
        rules = {"view": everybody, "edit": nobody, "place": everybody}
        flow = Flow(Letter, STEPS)
        org_field = ""

        @classmethod
        def url(cls, role, obj=None, **kwargs):
            return "".join(
                f"/{part}" for part in (role, *([obj.pk] if obj else []), *kwargs.values())
            )

    yield LetterScreens
    del registry._things["notices.letter"], flows._things["notices.letter"]


@pytest.fixture
def letter(cast):
    notice = Notice.objects.create(person=cast.bob, kind="test", title="试信")
    return Letter.objects.create(notice=notice, channel="email", address="a@b.example")


def asked(rf, cast, who, method="get", data=None, **headers):
    request = getattr(rf, method)("/", data or {}, headers=headers)
    request.actor = cast.actor(who)
    request.htmx = False
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def test_a_page_lists_the_open_steps(rf, cast, letters, letter):
    page = letters(asked(rf, cast, "bob")).detail(letter.pk)

    steps = page.context_data["transitions"]
    assert [step["name"] for step in steps] == ["send", "fail", "stumble"]
    assert (steps[0]["url"], steps[0]["confirm"], steps[0]["is_main"]) == (
        f"/transition/{letter.pk}/send",
        "发吗？",
        True,
    )
    assert page.template_name == ["notices/letter_detail.html", "screens/detail.html"]
    assert page.context_data["may_edit"] is False


def test_a_step_is_shown_first_and_taken_by_post(rf, cast, letters, letter):
    shown = letters(asked(rf, cast, "bob")).transition(letter.pk, "send")
    assert shown.context_data["transition"].name == "send"
    letter.refresh_from_db()
    assert letter.state == "waiting"

    taken = letters(asked(rf, cast, "bob", "post")).transition(letter.pk, "send")
    letter.refresh_from_db()
    assert (letter.state, taken.url) == ("sent", f"/detail/{letter.pk}")


def test_a_step_asks_its_form_which_knows_subject_and_actor(rf, cast, letters, letter):
    wrong = letters(asked(rf, cast, "bob", "post")).transition(letter.pk, "fail")
    form = wrong.context_data["form"]
    assert (wrong.status_code, form.subject, form.actor.person) == (422, letter, cast.bob)

    letters(asked(rf, cast, "bob", "post", {"reason": "退信"})).transition(letter.pk, "fail")
    assert history_of(letter).get().changes["reason"] == "退信"


@pytest.mark.parametrize(
    ("name", "sentence"), [("stumble", "邮路不通"), ("lose", "这一步现在不能办")]
)
def test_a_step_that_is_refused_says_why_on_the_next_page(
    rf, cast, letters, letter, name, sentence
):
    request = asked(rf, cast, "bob", "post")

    response = letters(request).transition(letter.pk, name)

    assert response.url == f"/detail/{letter.pk}"
    assert sentence in str(next(iter(get_messages(request))))
    letter.refresh_from_db()
    assert letter.state == "waiting"


def test_an_unknown_step_is_not_found(rf, cast, letters, letter):
    with pytest.raises(Http404):
        letters(asked(rf, cast, "bob")).transition(letter.pk, "unknown")


def test_screens_without_a_form_neither_create_nor_change(rf, cast, letters, letter):
    screens = letters(asked(rf, cast, "bob"))

    assert not screens.may_create()
    for act in (
        lambda: screens.create(),
        lambda: screens.update(letter.pk),
        lambda: screens._edit(letter, "update"),
    ):
        with pytest.raises(Http404):
            act()
    assert {route.name for route in letters.urls()} == {
        "letter-list",
        "letter-detail",
        "letter-transition",
    }


def test_a_list_answers_a_fragment_and_says_that_it_varies(rf, cast, letters, letter):
    request = asked(rf, cast, "bob")
    request.htmx = SimpleNamespace(boosted=False)

    page = letters(request).list()

    assert page.template_name == ["notices/letter_list.html#rows", "screens/list.html#rows"]
    assert "HX-Request" in page["Vary"]
    assert page.context_data["filterset"] is None


def test_screens_hooks_are_quiet_by_default(rf, cast, letters, letter):
    screens = letters(asked(rf, cast, "bob"))

    assert screens.actions(letter) == []
    assert isinstance(screens.new(), Letter)
    assert screens.form_kwargs(letter) == {}


# Through real screens


def at(name, *args):
    return reverse(f"organisation:{name}", args=args)


GIVEN = {"person": "鲍博", "title": "主席", "since": "2024-03-01"}


def test_save_then_prove_undoes_what_lies_out_of_reach(cast, monkeypatch):
    """Even a form that offered too much saves nothing outside the actor's reach."""
    monkeypatch.setattr(organisation_forms, "reachable", lambda *_: Org.objects.all())

    response = cast.client("frank").post(at("post-create"), GIVEN | {"org": "临江邮政工会"})

    assert response.status_code == 404
    assert not Post.objects.exists()


def test_a_save_leaves_one_entry_with_what_changed(cast):
    client = cast.client("frank")

    client.post(at("post-create"), GIVEN | {"org": "一分会"})

    entry = history_of(Post.objects.get()).get()
    assert entry.verb == "create"
    assert entry.changes == {
        "person": [None, "鲍博"],
        "org": [None, "一分会"],
        "title": [None, "主席"],
        "since": [None, "2024-03-01"],
    }


def test_an_empty_list_of_a_union_offers_what_lies_below_with_the_same_filter(cast):
    frank, url = cast.client("frank"), reverse("membership:person-list")
    said = f"org={cast.company.pk}&q={cast.alice.name}"

    own = frank.get(f"{url}?{said}&scope=own")
    (door,) = re.findall(r'href="(\?[^"]*scope=below[^"]*)">看含下级的', own.content.decode())
    below = frank.get(f"{url}{door.replace('&amp;', '&')}")
    nobody = frank.get(f"{url}?org={cast.company.pk}&q=nobody&scope=below")

    assert "本级没有符合筛选的记录" in own.content.decode()
    assert [row.record for row in below.context["table"].rows] == [cast.alice]
    assert "清除筛选" in nobody.content.decode()
    assert "看含下级的" not in nobody.content.decode()


def test_a_wrong_form_comes_back_with_422_and_what_was_typed(cast):
    response = cast.client("frank").post(at("post-create"), GIVEN | {"org": "没有这个会"})

    assert response.status_code == 422
    assert "没有这个会" in response.content.decode()


def test_a_domain_error_stands_on_the_form(cast):
    OrgFactory(name="甲班", kind="team", parent=cast.branch)

    response = cast.client("frank").post(
        at("org-update", cast.branch.pk), {"name": "一", "kind": "association"}
    )

    assert response.status_code == 422
    assert "它的下级「甲班」不能设在「协会」之下" in response.content.decode()


def test_an_export_of_an_unknown_kind_is_not_found(cast):
    assert cast.client("frank").get(at("org-list") + "?export=exe").status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_an_export_writes_the_list_as_it_is_filtered(cast, kind, monkeypatch):
    written = {}

    def writer(title, columns, rows):
        written.update(title=title, heads=[c.label for c in columns], rows=list(rows))
        return HttpResponse("ok")

    monkeypatch.setitem(exports.writers, kind, writer)

    cast.client("frank").get(at("org-list") + f"?kind=branch&export={kind}")

    assert written["title"] == "组织"
    assert written["heads"][:2] == ["全称", "简称"]
    assert written["rows"] == [cast.branch, cast.second_branch]


def test_export_links_keep_the_filters_and_forget_the_page(cast):
    page = cast.client("frank").get(at("org-list") + "?kind=branch&page=1")

    assert [link["url"] for link in page.context["exports"]] == [
        "?kind=branch&export=xlsx",
        "?kind=branch&export=pdf",
    ]


@pytest.mark.parametrize(
    ("method", "name"), [("post", "org-list"), ("post", "org-detail"), ("put", "org-update")]
)
def test_other_methods_are_not_allowed(cast, method, name):
    args = [] if name == "org-list" else [cast.branch.pk]

    assert getattr(cast.client("frank"), method)(at(name, *args)).status_code == 405
