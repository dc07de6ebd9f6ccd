"""What is found, by whom, and that it stays true."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.people.models import Person
from gonghui.core.search import finding
from gonghui.core.search.cards import follow, index, refresh, reindex, unindex
from gonghui.core.search.finding import find
from gonghui.core.search.models import SearchCard
from gonghui.core.search.sources import sources
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory

pytestmark = pytest.mark.slow

PEOPLE, ORGS = "people.person", "orgs.org"


@pytest.fixture
def found(cast):
    """Everything indexed; a function from a person and a query to the titles found."""
    for kind in (PEOPLE, ORGS):
        reindex(sources[kind])

    def titles(name: str, query: str, **options) -> list[str]:
        groups = find(cast.actor(name), query, **options)
        return [hit.title for group in groups for hit in group.hits]

    return titles


@pytest.mark.parametrize(
    "query",
    ["安澜机械公司工会", "机械", "械", "安澜 公司", "anlanjixie", "jixie", "aljx",
     "jxgs", "ＡＬＪＸ", "机械gh"],
)  # fmt: skip
def test_union_is_found_by_any_part_and_reading(found, query):
    assert found("erin", query) == ["安澜机械公司工会"]


@pytest.mark.parametrize("query", ["方兰", "方", "fanglan", "fangl", "fl", "lan fang"])
def test_person_is_found_by_name_and_reading(found, query):
    assert "方兰" in found("erin", query)


@pytest.mark.parametrize(
    "query",
    ["", "   ", "械机", "安机", "！？", "%", "_", "*", '"', "'", "') OR 1=1 --", "NEAR(安 澜)",
     "安澜:*", "ǂorgsorg", "\\", "\x00", "a" * 5000, "长" * 5000, "OR", "NOT 安澜", "{folded}: x",
     "^安", "-"],
)  # fmt: skip
def test_strange_queries_find_nothing_and_break_nothing(found, query):
    assert isinstance(found("erin", query), list)
    if query not in ("安澜:*", "^安"):
        assert found("erin", query) == []


def test_punctuation_around_a_query_does_not_hide_what_it_means(found):
    assert "安澜市总工会" in found("erin", "“安澜市”")


def test_own_surname_reading_is_used(cast, found):
    person = PersonFactory(name="单晓明", org=cast.company)
    index(person)

    assert found("erin", "shanxiao") == ["单晓明"]
    assert found("erin", "danxiao") == []


def test_rare_characters_are_found(cast, found):
    index(PersonFactory(name="𠮷田龘", org=cast.company))

    assert found("erin", "𠮷田") == ["𠮷田龘"]
    assert found("erin", "龘") == ["𠮷田龘"]


def test_exact_before_beginning_before_inside(cast, found):
    names = ["王小明", "小明", "小明月", "明小"]
    refresh(Person.objects.filter(pk__in=[PersonFactory(name=n, org=cast.city).pk for n in names]))

    assert found("erin", "小明") == ["小明", "小明月", "王小明"]


def test_people_who_left_come_last_and_say_so(cast, found):
    gone = PersonFactory(
        name="石一", org=cast.city, joined_on=date(2020, 1, 1), left_on=date(2025, 1, 1)
    )
    here = PersonFactory(name="石一", org=cast.company)
    refresh(Person.objects.filter(pk__in=[gone.pk, here.pk]))

    [group] = find(cast.actor("erin"), "石一")

    assert [hit.note for hit in group.hits] == ["安澜机械公司工会", "安澜市总工会 · 已离开"]
    assert group.hits[0].url == f"/membership/person/{here.pk}/"


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("alice", ["艾丽"]),  # a member: herself
        ("bob", ["艾丽", "鲍博"]),  # the chair of her branch
        ("carol", ["艾丽", "鲍博", "柯洛", "方兰", "葛瑞"]),  # the city
        ("dave", ["戴维", "马洛"]),  # the other city
        ("mallory", ["马洛"]),  # nobody: himself
    ],
)
def test_the_screens_rules_decide(cast, found, name, people):
    wanted = {title for person in cast.people.values() for title in found(name, person.name)}

    assert wanted == set(people)


def test_person_of_a_branch_is_shown_with_its_union(cast, found):
    [group] = find(cast.actor("bob"), "艾丽")

    assert group.hits[0].note == "安澜机械公司工会 · 一分会"


def test_nobody_finds_nothing(found):
    assert find(SYSTEM, "安澜") == []


def test_groups_come_in_order_and_say_when_there_is_more(cast, found):
    for number in range(4):
        index(PersonFactory(name=f"安澜{number}", org=cast.company))

    groups = find(cast.actor("erin"), "安澜", limit=3)

    assert [(g.label, len(g.hits), g.has_more) for g in groups] == [
        ("人员", 3, True),
        ("组织", 2, False),
    ]
    assert [g.label for g in find(cast.actor("erin"), "安澜", kind=ORGS)] == ["组织"]


@pytest.fixture
def crowd(cast, found, monkeypatch):
    """More people of one surname than candidates, all elsewhere, and two of them with Bob."""
    monkeypatch.setattr(finding, "CANDIDATES", 10)
    strangers = [PersonFactory(name=f"王{n:03}", org=cast.other_city) for n in range(40)]
    near = [
        PersonFactory(name="王杏", org=cast.branch),
        PersonFactory(name="小王", org=cast.branch),
    ]
    refresh(Person.objects.filter(pk__in=[p.pk for p in strangers + near]))
    return found


@pytest.mark.parametrize("query", ["王", "wang", "w"])
@pytest.mark.parametrize("small", [3000, 0])
def test_common_word_finds_what_is_within_reach(crowd, monkeypatch, query, small):
    monkeypatch.setattr(finding, "SMALL", small)

    titles = crowd("bob", query)

    assert "王杏" in titles
    assert not any(title.startswith("王0") for title in titles)


def test_common_word_in_a_small_reach_finds_the_inside_too(crowd):
    assert crowd("bob", "王") == ["王杏", "小王"]


def test_search_costs_the_same_for_few_and_for_many(cast, found, django_assert_num_queries):
    for people in (1, 30):
        refresh(
            Person.objects.filter(
                pk__in=[PersonFactory(name="秦川", org=cast.city).pk for _ in range(people)]
            )
        )
        actor = cast.actor("erin")
        # The grants and the posts that grant, beginnings, grams, people.
        with django_assert_num_queries(4):
            find(actor, "秦川")


def test_history_keeps_the_card_true(cast, found):
    person = PersonFactory(name="新人一", org=cast.company)
    record(person, "create", by=SYSTEM)
    assert found("erin", "新人一") == ["新人一"]

    Person.objects.filter(pk=person.pk).update(name="旧人二")
    record(person, "update", by=SYSTEM)

    assert found("erin", "新人一") == []
    assert found("erin", "旧人二") == ["旧人二"]


def test_people_of_a_merged_union_are_looked_for_where_they_are_now(cast, found):
    Person.objects.filter(org=cast.branch).update(org=cast.second_branch)
    record(cast.second_branch, "absorb", by=SYSTEM)

    cards = SearchCard.objects.filter(kind=PEOPLE, object_id__in=[cast.alice.pk, cast.bob.pk])
    assert set(cards.values_list("org", flat=True)) == {cast.second_branch.pk}


@transaction.atomic
def rename_and_fail(person):
    Person.objects.filter(pk=person.pk).update(name="不会发生")
    record(person, "update", by=SYSTEM)
    raise RuntimeError


def test_card_is_undone_with_the_change(cast, found):
    with pytest.raises(RuntimeError):
        rename_and_fail(cast.alice)

    assert found("erin", "不会发生") == []
    assert found("erin", "艾丽") == ["艾丽"]


def test_moved_body_is_found_where_it_stands_now(cast, found):
    Org.objects.filter(pk=cast.company.pk).update(short_name="机械工会")
    record(cast.company, "update", by=SYSTEM)

    assert found("erin", "机械工会") == ["安澜机械公司工会"]


def test_history_of_other_things_makes_no_card(cast):
    follow(GrantFactory(person=cast.alice), "create")

    assert SearchCard.objects.count() == 0


def test_deleted_record_leaves_no_card(cast, found):
    org = OrgFactory(name="将去工会", parent=cast.company)
    index(org)
    Org.objects.filter(pk=org.pk).delete()

    assert found("erin", "将去") == []
    index(org)
    assert not SearchCard.objects.filter(kind=ORGS, object_id=org.pk).exists()


def test_unindex_forgets(cast, found):
    unindex(cast.alice)

    assert found("erin", "艾丽") == []


def test_reindex_drops_what_is_gone_and_repeats_harmlessly(cast, found):
    gone = OrgFactory(name="走远工会", parent=cast.company)
    index(gone)
    before = SearchCard.objects.count()
    Org.objects.filter(pk=gone.pk).delete()

    for _ in range(2):
        assert reindex(sources[ORGS], batch=3) == Org.objects.count()

    assert SearchCard.objects.count() == before - 1
    assert found("erin", "机械") == ["安澜机械公司工会"]


def test_refresh_writes_and_removes(cast, found, monkeypatch):
    SearchCard.objects.all().delete()

    assert refresh(Person.objects.all(), batch=3) == len(cast.names)
    assert found("erin", "艾丽") == ["艾丽"]


def test_index_of_the_database_follows_the_cards(cast, found):
    """What the index holds is what the cards say, after writing, changing and removing them."""
    index(cast.alice)
    SearchCard.objects.filter(kind=PEOPLE).delete()

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_grams(search_grams, rank) VALUES('integrity-check', 1)"
            )
    assert found("erin", "艾丽") == []


def test_command_rebuilds_all_or_one_kind(cast, capsys):
    call_command("reindex", ORGS)
    assert SearchCard.objects.count() == len(cast.orgs)

    call_command("reindex")
    assert SearchCard.objects.count() == len(cast.orgs) + len(cast.names)
    assert "组织 7 条" in capsys.readouterr().out

    with pytest.raises(CommandError, match="没有这个种类"):
        call_command("reindex", "plans.nothing")


def test_every_source_leads_to_a_page_and_has_a_place():
    positions = [source.position for source in sources]

    assert len(set(positions)) == len(positions)
    assert all(source.url(source.model(pk=7)).endswith("/7/") for source in sources)


def test_long_titles_are_cut_and_found(cast, found):
    name = "工会" * 50
    index(OrgFactory(name=name, kind=Kind.BRANCH, parent=cast.company))

    assert found("erin", "工会" * 20) == [name]


def test_actor_without_a_person_has_no_bodies():
    assert finding._bodies(Actor(None)).query.is_empty()


def test_a_card_is_made_from_the_columns_its_source_names(cast, django_assert_num_queries):
    source = sources[PEOPLE]
    row = source.read().first()
    with django_assert_num_queries(0):
        assert row is not None
        said = source.title(row), source.words(row), source.weight(row), source.org(row)
        assert source.reading is not None
        assert all((said[0], said[3], *source.reading(row)))
