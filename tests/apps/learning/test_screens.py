"""The one form for every rule, the registers beside it, reminders, the check and the slogans."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.learning.actions.rules import keep_rule
from gonghui.apps.learning.actions.slogans import ship_slogans
from gonghui.apps.learning.models import Leave, Season, Slogan, StudyItem, StudyRule
from gonghui.apps.learning.notices import remind
from gonghui.apps.learning.plugs import card
from gonghui.apps.learning.queries.templates import templates
from gonghui.core.access.models import Role
from gonghui.core.history.models import Entry
from gonghui.core.notices.models import Notice
from gonghui.core.watch.models import Finding
from gonghui.core.watch.refreshing import refresh
from gonghui.kit.errors import DomainError
from tests.factories.credits import CreditFactory
from tests.factories.learning import (
    LeaveFactory,
    SeasonFactory,
    SloganFactory,
    StudyItemFactory,
    StudyRuleFactory,
)
from tests.factories.organisation import GrantFactory, PersonFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
CREATE = "learning:studyrule-create"
DUE = date(2026, 11, 30)


def posted(cast, *items: dict, **said) -> dict[str, object]:
    """What the form sends: a rule of the branch and its items."""
    data: dict[str, object] = {
        "title": "笔记制度", "org": f"#{cast.branch.pk}", "since": "2026-01-01", "who": "members",
        "rounding": "half", "part_time": "on", "excuses": ["maternity"], "item-TOTAL_FORMS": "3",
        "item-INITIAL_FORMS": "0", "item-MIN_NUM_FORMS": "0", "item-MAX_NUM_FORMS": "12",
    }  # fmt: skip
    for number, one in enumerate(items):
        data |= {f"item-{number}-{name}": value for name, value in (note() | one).items()}
    return data | said


def note() -> dict[str, object]:
    return {
        "label": "写笔记", "kinds": ["note"], "measure": "amount", "least": "1", "every": "month",
    }  # fmt: skip


def test_rule_is_tried_and_then_saved(cast):
    bob = cast.client("bob")
    data = posted(cast, {"most": "2"}, {"kinds": ["book"], "label": "读书", "every": "year"})

    tried = bob.post(reverse(CREATE), data | {"try": "1"})

    assert tried.status_code == 200
    assert (tried.context["trial"].tally.people, tried.context["trial"].tally.lacking) == (2, 2)
    assert "艾丽" in tried.content.decode()
    assert StudyRule.objects.count() == 0

    saved = bob.post(reverse(CREATE), data)

    rule = StudyRule.objects.get()
    assert saved.url == reverse("learning:studyrule-detail", args=[rule.pk])
    said = [(one.label, one.least, one.most, one.every) for one in rule.items.all()]
    assert said == [
        ("写笔记", Decimal(1), Decimal(2), "month"), ("读书", Decimal(1), None, "year"),
    ]  # fmt: skip
    assert rule.excuses == ["maternity"]
    assert Entry.objects.filter(verb="create", object_id=rule.pk).count() == 1
    page = bob.get(saved.url).content.decode()
    assert "每月 1–2 篇" in page
    assert "请产假的天数不算" in page


def test_items_are_changed_dropped_and_added(cast):
    rule = StudyRuleFactory(org=cast.branch)
    first, second = StudyItemFactory(rule=rule), StudyItemFactory(rule=rule, label="读书")
    kept = {"id": first.pk, "least": "2"}
    gone = {"id": second.pk, "DELETE": "on"}
    said = {"item-INITIAL_FORMS": "2", "way": "correct"}
    data = posted(cast, kept, gone, {"label": "写心得"}, **said)

    cast.client("bob").post(reverse("learning:studyrule-update", args=[rule.pk]), data)

    said = [(one.pk == first.pk, one.label, one.least) for one in rule.items.all()]
    assert said == [(True, "写笔记", Decimal(2)), (False, "写心得", Decimal(1))]
    [entry] = Entry.objects.filter(verb="update", object_id=rule.pk)
    assert entry.changes["items"] == ["写学习笔记、读书", "写笔记、写心得"]


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ({"kinds": ["note", "course"]}, "勾选的单位不同，不能加在一起"),
        ({"kinds": []}, "请勾选哪些算完成。"),
        ({"every": "once"}, "请填入职几个月内完成。"),
        ({"least": "0"}, "0.01"),
        ({"least": "2", "most": "1"}, "范围的上限要大于下限。"),
    ],
)
def test_a_row_that_cannot_be_reckoned_is_refused(cast, item, sentence):
    page = cast.client("bob").post(reverse(CREATE), posted(cast, item))

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert StudyRule.objects.count() == 0


def test_a_rule_without_items_is_refused(cast):
    page = cast.client("bob").post(reverse(CREATE), posted(cast))

    assert (page.status_code, StudyRule.objects.count()) == (422, 0)
    assert "请至少写一条要求。" in page.content.decode()
    with pytest.raises(DomainError):
        keep_rule(StudyRuleFactory.build(org=cast.branch), [], by=cast.actor("bob"))


def test_nobody_lays_down_a_rule_above_or_elsewhere(cast):
    for org in (cast.company, cast.other_company):
        data = posted(cast, {}, org=f"#{org.pk}")
        assert cast.client("bob").post(reverse(CREATE), data).status_code == 422
        assert cast.client("bob").post(reverse(CREATE), data | {"try": "1"}).status_code == 422
    assert cast.client("alice").post(reverse(CREATE), posted(cast, {})).status_code == 404
    assert StudyRule.objects.count() == 0


@pytest.mark.parametrize("key", [one["key"] for one in templates()])
def test_every_template_becomes_a_rule_once_its_gaps_are_filled(cast, key):
    """What the paper leaves out is empty, and empty it is not saved."""
    frank, url = cast.client("frank"), f"{reverse(CREATE)}?template={key}"
    form = frank.get(url).context["form"]
    data = posted(cast, org=f"#{cast.company.pk}", title=form["title"].value())
    for name in ("kinds", "excuses", "from_month"):
        data[name] = form[name].value() or []
    for row in form.rows.forms[:-1]:
        data |= {f"{row.prefix}-{name}": _sent(row[name].value()) for name in row.fields}
    gaps = [name for name, value in data.items() if name.endswith("-least") and value == ""]

    if gaps:
        assert frank.post(url, data).status_code == 422
    data |= dict.fromkeys(gaps, "3")

    page = frank.post(url, data)

    assert page.status_code == 302, (page.context["form"].errors, page.context["form"].rows.errors)
    assert StudyRule.objects.get().items.count() == len(form.rows.forms) - 1


def test_a_template_says_whose_words_it_is_and_leaves_the_basis_to_the_unit(cast):
    frank = cast.client("frank")

    shelf = frank.get(reverse("learning:templates")).content.decode()
    form = frank.get(f"{reverse(CREATE)}?template=monograph").context["form"]

    assert "一所学校的《创建学习型工会组织实施方案》：要求每学期学习一本教育专著" in shelf
    assert form["title"].value() == "教师读书和心得制度"
    assert not form["basis"].value()


def _sent(value):
    if isinstance(value, list):
        return value
    return "" if value in (None, False) else value


def test_templates_are_a_shelf_for_those_who_make_rules(cast):
    assert cast.client("bob").get(reverse("learning:templates")).status_code == 200
    assert cast.client("alice").get(reverse("learning:templates")).status_code == 404


def test_a_rule_is_copied(cast):
    rule = StudyItemFactory(rule__org=cast.company, rule__titles=["组长"], label="读书").rule

    form = cast.client("bob").get(f"{reverse(CREATE)}?copy={rule.pk}").context["form"]

    assert form["titles"].value() == "组长"
    assert [row["label"].value() for row in form.rows] == ["读书", None]
    assert cast.client("dave").get(f"{reverse(CREATE)}?copy={rule.pk}").status_code == 404


# Registers


def test_leave_is_noted_by_who_looks_after_the_person(cast):
    data = {
        "person": f"#{cast.alice.pk}", "kind": "maternity", "since": "2026-11-01",
        "until": "2027-03-01", "evidence": "分会准假单",
    }  # fmt: skip
    at = reverse("learning:leave-create")

    assert cast.client("bob").post(at, data).status_code == 302

    leave = Leave.objects.get()
    assert (leave.person, leave.noted_by) == (cast.alice, cast.bob)
    page = reverse("learning:leave-detail", args=[leave.pk])
    seen = {name: cast.client(name).get(page).status_code for name in cast.names}
    assert seen == {
        "alice": 200, "bob": 200, "carol": 200, "dave": 404, "erin": 200, "frank": 200,
        "grace": 404, "mallory": 404,
    }  # fmt: skip
    again = cast.client("bob").post(at, data)
    assert "已经登记过" in again.content.decode()


def test_two_terms_of_a_unit_never_share_a_day(cast):
    SeasonFactory(org=cast.company)
    data = {
        "org": f"#{cast.company.pk}", "kind": "term", "name": "春季", "start": "2027-01-31",
        "end": "2027-06-30",
    }  # fmt: skip
    at = reverse("learning:season-create")

    refused = cast.client("frank").post(at, data)
    cast.client("frank").post(at, data | {"start": "2027-02-01"})
    cast.client("frank").post(at, data | {"kind": "school_year", "name": "学年"})

    assert "重叠" in refused.content.decode()
    assert Season.objects.filter(org=cast.company).count() == 3


def test_shipped_slogans_leave_out_what_their_paper_does(cast):
    ship_slogans()
    shipped = Slogan.objects.filter(org=None)

    undefined = {one.name for one in shipped if not one.items}
    assert {"六个一", "五必访", "双爱双评", "五关五课"} <= undefined
    threes = {one.meant_by: one.items for one in shipped.filter(name="三个一")}
    assert len(threes) == 2
    assert threes["沪北所工会干部"] != threes["沪北所职工"]
    assert all(one.source for one in shipped)
    assert ship_slogans() == 0, "asked twice it changes nothing"


def test_a_slogan_shows_what_others_mean_by_it_and_is_nobodys_to_change(cast):
    ship_slogans()
    shipped = Slogan.objects.get(name="六个一")
    own = SloganFactory(org=cast.branch, name="六个一", items=["读一本书"])
    elsewhere = SloganFactory(org=cast.other_company, name="六个一", meant_by="别家")

    page = cast.client("alice").get(reverse("learning:slogan-detail", args=[shipped.pk]))

    said = page.content.decode()
    assert "原文未列出内容" in said
    assert own.meant_by in said
    assert elsewhere.meant_by not in said
    edit = reverse("learning:slogan-update", args=[shipped.pk])
    assert cast.client("erin").get(edit).status_code == 404


# Reminders


def notes(cast, **said) -> StudyRule:
    rule = StudyRuleFactory(org=cast.company, excuses=["maternity"], **said)
    StudyItemFactory(rule=rule)
    return rule


def wrote(person, on=DUE):
    return CreditFactory(person=person, kind="note", unit="piece", amount=1, on=on)


def test_a_person_is_reminded_alone_and_once(cast):
    notes(cast, remind_days=3)
    wrote(cast.bob, on=date(2026, 11, 2))
    LeaveFactory(person=cast.frank, since=date(2026, 11, 1), until=date(2026, 12, 1))

    remind(DUE - timedelta(days=4))
    assert Notice.objects.count() == 0
    remind(DUE - timedelta(days=3))
    remind(DUE - timedelta(days=3))

    told = {(one.person.name, one.title) for one in Notice.objects.all()}
    assert told == {
        ("艾丽", "写学习笔记还差 1 篇，11 月 30 日到期"),
        ("葛瑞", "写学习笔记还差 1 篇，11 月 30 日到期"),
    }


def test_the_leader_hears_a_count_and_no_names(cast):
    rule = notes(cast, leader_days=2)
    wrote(cast.bob)
    second = PersonFactory(org=cast.branch, name="左一诺")

    remind(DUE + timedelta(days=1))
    assert Notice.objects.count() == 0
    remind(DUE + timedelta(days=2))

    bob = Notice.objects.get(person=cast.bob)
    assert bob.title == f"{rule}有 2 人没有按期完成"
    assert not any(name in bob.title + bob.body for name in ("艾丽", second.name))
    assert bob.url.startswith(reverse("learning:standing"))
    assert not Notice.objects.filter(person=cast.alice).exists()
    assert Notice.objects.get(person=cast.frank).title.startswith(f"{rule}有 1 人")


def test_a_rule_that_does_not_say_so_reminds_nobody(cast):
    notes(cast)

    for day in range(30):
        remind(DUE - timedelta(days=day))

    assert Notice.objects.count() == 0


# The card, the panel, the check


def test_study_page_shows_the_card_of_who_is_asked(cast):
    today = timezone.localdate()
    assert card(cast.actor("alice"), today) is None
    notes(cast)

    found = card(cast.actor("alice"), today)

    assert [(line.words, line.tone) for line in found.lines][-1] == ("还差 1 篇", "wait")
    assert card(cast.actor("mallory"), today) is None


def test_person_page_tells_who_may_see_it(cast):
    notes(cast)
    at = reverse("membership:person-detail", args=[cast.alice.pk]) + "?part=learning"

    assert "学习要求" in cast.client("bob").get(at).content.decode()


def test_what_is_left_undone_is_found_by_unit_and_goes(cast):
    rule = notes(cast)
    wrote(cast.bob, on=date(2026, 10, 5))

    refresh(["R-454"], day=date(2026, 11, 21))

    finding = Finding.objects.get(check_code="R-454", gone_on=None)
    assert (finding.org, finding.about) == (cast.company, rule.pk)
    assert finding.sentence == f"{rule}刚结束的一期，要求到 4 人，3 人没有完成。"
    for name in ("alice", "frank", "grace"):
        wrote(cast.person(name), on=date(2026, 10, 9))
    refresh(["R-454"], day=date(2026, 11, 21))
    assert not Finding.objects.filter(check_code="R-454", gone_on=None).exists()


def test_a_team_leader_keeps_rules_of_the_team(cast):
    role = Role.objects.get(name="班组长")
    GrantFactory(person=cast.mallory, role=role, org=cast.second_branch)
    data = posted(cast, {}, org=f"#{cast.second_branch.pk}")

    assert cast.client("mallory").post(reverse(CREATE), data).status_code == 302
    assert StudyItem.objects.count() == 1


def test_amounts_are_shown_without_idle_noughts(cast):
    rule = StudyRuleFactory(org=cast.branch)
    StudyItemFactory(rule=rule, least=Decimal("10.00"), most=Decimal("12.50"))

    page = cast.client("bob").get(reverse("learning:studyrule-update", args=[rule.pk]))

    form = page.context["form"].rows.forms[0]
    assert (str(form["least"].value()), str(form["most"].value())) == ("10", "12.5")
