"""Standards through their screens: the list, one with its history, an own value set and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.regulations.figures import figures
from gonghui.core.regulations.models import Standard
from gonghui.core.regulations.standards import standard
from tests.factories.regulations import StandardFactory

KEY = "committee_min_members"
LIST, PAGE = reverse("backoffice:standards"), reverse("backoffice:standard", args=[KEY])
SET, END = (reverse(f"backoffice:standard-{step}", args=[KEY]) for step in ("set", "end"))


def answer(org, **said):
    today = timezone.localdate()
    return {"org": f"#{org.pk}", "value": "20", "since": today, "document": "建会意见"} | said


def rows(response):
    return {row.figure.key: row for _, group in response.context["groups"] for row in group}


def test_list_tells_value_source_and_what_is_not_verified(cast):
    response = cast.client("frank").get(LIST)

    html = response.content.decode()
    assert "《中华人民共和国工会法》第十一条" in html
    found = rows(response)
    assert (found[KEY].word, found[KEY].tone) == ("已核对原文", "done")
    assert (found["committee_sizes"].word, found["committee_sizes"].tone) == ("待核实", "wait")
    assert found["vacancy_fill_months"].word == "待核实，各地不一"
    assert found["term_remind_days"].word == "示例"
    assert (found["rate_min_hired"].value, found["rate_min_hired"].word) == (None, "没有设定")


@pytest.mark.parametrize(
    ("query", "state"),
    [("doubtful", "doubtful"), ("sample", "sample"), ("own", "own"), ("unset", "unset")],
)
def test_list_is_narrowed_by_how_sure_a_figure_is(cast, query, state):
    StandardFactory(org=cast.company)

    found = rows(cast.client("frank").get(LIST, {"state": query}))

    assert {row.state for row in found.values()} == {state}


def test_list_is_narrowed_by_area_and_says_when_nothing_is_left(cast):
    found = rows(cast.client("frank").get(LIST, {"area": "换届选举"}))
    assert {row.figure.area for row in found.values()} == {"换届选举"}

    html = cast.client("frank").get(LIST, {"area": "没有"}).content.decode()
    assert "没有这样的标准" in html


def test_page_tells_every_value_there_was(cast):
    StandardFactory(org=cast.city, value=20)
    StandardFactory(org=cast.other_city, value=11)

    html = cast.client("frank").get(PAGE).content.decode()

    assert "20 人" in html
    assert "25 人" in html
    assert "11 人" not in html
    assert "安澜市总工会" in html


def test_figure_nobody_set_says_that_the_check_is_not_made(cast):
    page = reverse("backoffice:standard", args=["rate_min_hired"])

    assert "用到它的检查不做" in cast.client("frank").get(page).content.decode()


def test_officer_sets_and_ends_an_own_value(cast):
    frank, today = cast.client("frank"), timezone.localdate()

    response = frank.post(SET, answer(cast.company))

    assert (response.status_code, response.url) == (302, f"{PAGE}?org={cast.company.pk}")
    assert standard(KEY, org=cast.branch, day=today).value == 20
    assert "停用本级的规定" in frank.get(PAGE).content.decode()

    assert frank.post(END).status_code == 302

    assert standard(KEY, org=cast.branch, day=today + timedelta(days=1)).value == 25
    assert "停用本级的规定" not in frank.get(PAGE).content.decode()


def test_ending_what_was_never_set_says_so(cast):
    response = cast.client("frank").post(END, follow=True)

    assert "没有自己规定" in response.content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [({"value": "很多"}, "请填一个整数"), ({"document": ""}, "请填写"), ({"since": ""}, "请填写")],
)
def test_value_that_cannot_be_read_keeps_the_form(cast, said, sentence):
    response = cast.client("frank").post(SET, answer(cast.company, **said))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Standard.objects.filter(org=cast.company).exists()


def test_value_from_before_the_present_one_is_refused(cast):
    StandardFactory(org=cast.company, since=timezone.localdate())

    past = timezone.localdate() - timedelta(days=1)
    response = cast.client("frank").post(SET, answer(cast.company, since=past))

    assert response.status_code == 422
    assert "不能早于这一天" in response.content.decode()


def test_body_out_of_reach_is_as_unknown_as_one_that_is_not(cast):
    response = cast.client("frank").post(SET, answer(cast.city))

    assert response.status_code == 422
    assert not Standard.objects.filter(org=cast.city).exists()


def test_whoever_only_reads_sees_and_does_not_set(cast):
    grace = cast.client("grace")

    assert grace.get(LIST).status_code == 200
    assert grace.get(SET).status_code == 404
    assert grace.post(END).status_code == 404
    assert cast.client("alice").get(LIST).status_code == 404
    assert grace.get(reverse("backoffice:standard", args=["no-such"])).status_code == 404


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("committee_sizes", "0-99：3-5\n100以上：7", [[0, 99, 3, 5], [100, None, 7, 7]]),
        ("women_committee_basis", "female_workers", "female_workers"),
        ("rate_min_hired", "85%", "85"),
    ],
)
def test_value_of_each_kind_is_typed_as_people_write_it(cast, key, value, kept):
    url = reverse("backoffice:standard-set", args=[key])
    form = cast.client("frank").get(url).context["form"]
    shipped = figures[key]
    there = shipped.written(shipped.value) if shipped.value is not None else ""
    assert form.initial["value"] == there

    response = cast.client("frank").post(url, answer(cast.company, value=value))

    assert response.status_code == 302
    assert Standard.objects.get(key=key, org=cast.company).value == kept
