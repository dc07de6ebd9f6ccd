"""Two records of one person made one, and two again."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.apps.membership.actions.merging import merge_people, tell_apart, undo_merge
from gonghui.apps.membership.models import Merge, NotSame
from gonghui.apps.membership.notices import tell_of_duplicates
from gonghui.apps.membership.queries import duplicates
from gonghui.apps.membership.queries.duplicates import alike, likely_pairs
from gonghui.apps.membership.queries.pointing import STAYS, pointers
from gonghui.apps.membership.screens import duplicates as screens
from gonghui.core.access.actor import SYSTEM
from gonghui.core.files.models import Attachment
from gonghui.core.history.trail import broken_link, history_of
from gonghui.core.notices.models import Notice
from gonghui.core.people.ledger import Said, enter, open_books
from gonghui.core.people.models import Account, Act, Identity, Particulars, Person, Post
from gonghui.kit.errors import DomainError
from tests.factories.core import AttachmentFactory, NoticeFactory
from tests.factories.organisation import (
    AccountFactory,
    GrantFactory,
    OrgFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.plans import ItemFactory

pytestmark = pytest.mark.slow

JAN, FEB, MAR = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
BORN = date(1985, 6, 7)
CARD = "6222021234567890128"


@pytest.fixture
def pair(cast):
    """郑和 twice: at the branch, and at the second branch with nearly everything."""
    kept = PersonFactory(name="郑和", org=cast.branch, joined_on=JAN)
    gone = PersonFactory(
        name="郑和", org=cast.second_branch, joined_on=FEB, birth_date=BORN, department="机加"
    )
    PostFactory(person=gone, org=cast.second_branch)
    GrantFactory(person=gone, org=cast.second_branch)
    AccountFactory(person=gone, username="zhenghe")
    NoticeFactory(person=gone)
    AttachmentFactory(subject=gone)
    ItemFactory(org=cast.company).helpers.add(gone)
    return kept, gone


def photograph(*people):
    """Everything that points to these people and all they say, as the database has it."""
    rows = {
        (one.label, one.field, person.pk): sorted(one.rows(person).values_list("pk", flat=True))
        for one in pointers()
        for person in people
    }
    own = list(Person.objects.filter(pk__in=[p.pk for p in people]).order_by("pk").values())
    ledgers = [list(p.ledger.order_by("pk").values()) for p in people]
    spans = [
        list(p.memberships.order_by("since").values_list("org", "standing", "since", "until"))
        for p in people
    ]
    details = list(Particulars.objects.order_by("pk").values())
    active = list(Account.objects.order_by("pk").values_list("pk", "is_active"))
    return rows, own, ledgers, spans, details, active, [sealed_of(p) for p in people]


def sealed_of(person):
    """What lies sealed of a person: kind and number, mobile, bank card, marital status."""
    row = Identity.objects.filter(person=person).first()
    kept = row and (row.number, row.mobile, row.bank_card, row.marital)
    return kept and (row.kind, *(one and one.reveal() for one in kept))


def test_everything_that_points_to_one_points_to_the_other(pair):
    kept, gone = pair

    merge = merge_people(kept, gone, by=SYSTEM, reason="同一人")

    left = {(one.label, one.field) for one in pointers() if one.rows(gone).exists()}
    assert left == set()
    assert kept.posts.count() == kept.grants.count() == kept.notices.count() == 1
    assert kept.account.username == "zhenghe"
    person = ContentType.objects.get_for_model(Person)
    assert Attachment.objects.get(content_type=person).object_id == kept.pk
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert gone.merged_into == kept
    assert (kept.birth_date, kept.department) == (BORN, "机加")
    assert not gone.memberships.exists()
    assert history_of(kept)[0].verb == "merge_person"
    assert broken_link(kept) is broken_link(gone) is None
    assert merge.moved["rows"]
    call_command("check-ledger", verbosity=0)


def test_a_merge_taken_back_leaves_everything_as_it_was(pair):
    before = photograph(*pair)

    undo_merge(merge_people(*pair, by=SYSTEM), by=SYSTEM)

    assert photograph(*pair) == before
    with pytest.raises(DomainError, match="已经撤回"):
        undo_merge(Merge.objects.get(), by=SYSTEM)


def test_what_has_its_like_stays_and_is_closed(pair):
    kept, gone = pair
    own = AccountFactory(person=kept)
    PostFactory(person=kept, org=gone.org)
    before = photograph(*pair)

    merge = merge_people(kept, gone, by=SYSTEM)

    kept.refresh_from_db()
    assert kept.account == own
    assert Account.objects.get(person=gone).is_active is False
    assert Post.objects.filter(person=gone).count() == 1
    undo_merge(merge, by=SYSTEM)
    assert photograph(*pair) == before


def test_two_stories_that_follow_each_other_become_one(cast):
    early = PersonFactory(name="郑和", org=cast.branch, joined_on=JAN, left_on=FEB)
    late = PersonFactory(name="郑和", org=cast.second_branch, joined_on=MAR)
    before = photograph(late, early)

    merge = merge_people(late, early, by=SYSTEM)

    spans = list(late.memberships.values_list("org__name", "since"))
    assert spans == [("一分会", JAN), ("二分会", MAR)]
    assert not early.ledger.exists()
    undo_merge(merge, by=SYSTEM)
    assert photograph(late, early) == before


@pytest.mark.parametrize(("side", "org"), [("kept", "一分会"), ("gone", "二分会")])
def test_of_two_stories_that_contradict_the_chosen_one_counts(pair, side, org):
    kept, gone = pair
    before = photograph(*pair)

    merge = merge_people(kept, gone, by=SYSTEM, choices={"ledger": side})

    kept.refresh_from_db()
    assert kept.org.name == org
    assert [m.org.name for m in kept.memberships.all()] == [org]
    assert not gone.memberships.exists()
    call_command("check-ledger", verbosity=0)
    undo_merge(merge, by=SYSTEM)
    assert photograph(*pair) == before


def test_facts_are_chosen_one_by_one(pair):
    kept, gone = pair
    Person.objects.filter(pk=kept.pk).update(department="热处理", employer="甲公司")
    Person.objects.filter(pk=gone.pk).update(employer="乙公司")
    Particulars.objects.create(person=kept, education="20")
    Particulars.objects.create(person=gone, education="30", degree="4")

    merge_people(kept, gone, by=SYSTEM, choices={"department": "gone", "education": "kept"})

    kept.refresh_from_db()
    assert (kept.department, kept.employer) == ("机加", "甲公司")
    assert (kept.particulars.education, kept.particulars.degree) == ("20", "4")


def test_what_is_sealed_is_taken_where_it_lacks_or_was_chosen(pair):
    """The usual two: one came with an ID number, the other applied by phone."""
    kept, gone = pair
    Identity.objects.create(person=kept, mobile="13800000001", bank_card=CARD)
    Identity.objects.create(
        person=gone, kind="2", number="E12345678", mobile="13800000002", bank_card=CARD
    )
    before = photograph(*pair)

    merge = merge_people(kept, gone, by=SYSTEM, choices={"mobile": "gone"})

    assert sealed_of(kept) == ("2", "E12345678", "13800000002", CARD, None)
    assert Identity.objects.numbered("2", "E12345678").get().person == kept
    said = history_of(kept)[0].changes
    assert (said["mobile"], "E12345678" in str(said)) == (["138****0001", "138****0002"], False)
    assert "E12345678" not in str(merge.before) + str(merge.moved)
    undo_merge(merge, by=SYSTEM)
    assert photograph(*pair) == before


def test_a_sealed_number_changed_since_stays_changed(pair):
    kept, gone = pair
    Identity.objects.create(person=kept, number="110105194912310038")
    Identity.objects.create(person=gone, mobile="13800000002")
    merge = merge_people(kept, gone, by=SYSTEM)
    assert sealed_of(kept)[1:3] == ("110105194912310038", "13800000002")
    row = Identity.objects.get(person=kept)
    row.mobile = "13800000009"
    row.save()

    undo_merge(merge, by=SYSTEM)

    assert sealed_of(kept)[1:3] == ("110105194912310038", "13800000009")


def test_what_was_changed_since_is_not_overwritten_by_the_way_back(pair):
    kept, gone = pair
    merge = merge_people(kept, gone, by=SYSTEM)
    Person.objects.filter(pk=kept.pk).update(department="新部门")
    moved = kept.posts.get()
    Post.objects.filter(pk=moved.pk).delete()

    undo_merge(merge, by=SYSTEM)

    kept.refresh_from_db()
    assert (kept.department, kept.birth_date) == ("新部门", None)
    assert not gone.posts.exists()


def test_a_way_back_that_would_break_the_ledger_is_refused(cast):
    early = PersonFactory(org=cast.branch, joined_on=JAN)
    late = Person.objects.create(name="郑和", org=cast.branch)
    merge = merge_people(late, early, by=SYSTEM)
    enter(late, Said(Act.RETAIN, MAR))

    with pytest.raises(DomainError, match="请先撤销那一条"):
        undo_merge(merge, by=SYSTEM)

    early.refresh_from_db()
    assert early.merged_into == late


def test_what_makes_no_sense_is_refused(pair):
    kept, gone = pair
    with pytest.raises(DomainError, match="同一条记录"):
        merge_people(kept, kept, by=SYSTEM)
    merge_people(kept, gone, by=SYSTEM)
    with pytest.raises(DomainError, match="已经并入"):
        merge_people(kept, gone, by=SYSTEM)


def test_what_stays_is_named_with_its_reason():
    assert all(STAYS.values())
    assert {one.label for one in pointers()} & set(STAYS) == set()
    assert ("plans.item_helpers", "person") in {(one.label, one.field) for one in pointers()}


acts = st.lists(
    st.tuples(st.sampled_from(["join", "move", "retain", "leave", "employ"]), st.integers(0, 20)),
    max_size=4,
)


@settings(max_examples=20)
@given(lives=st.tuples(acts, acts), side=st.sampled_from(["kept", "gone"]), rows=st.integers(0, 3))
def test_merge_then_undo_is_as_before(db, lives, side, rows):
    org = OrgFactory()
    people = [Person.objects.create(name="郑和", org=org) for _ in lives]
    other = OrgFactory()
    for person, life in zip(people, lives, strict=True):
        open_books([person], day=JAN)
        for act, day in life:
            try:
                enter(person, Said(act, JAN.replace(day=1 + day), other.pk, employment="hired"))
            except DomainError:
                continue
        for number in range(rows):
            PostFactory(person=person, title=f"委员{number}", org=org)
    before = photograph(*people)

    undo_merge(merge_people(*people, by=SYSTEM, choices={"ledger": side}), by=SYSTEM)

    assert photograph(*people) == before


# Finding them


def test_likely_pairs_are_of_one_name_and_birthday_or_mobile(cast):
    def one(name, **facts):
        return PersonFactory(name=name, org=cast.branch, **facts)

    born = [one("郑和", birth_date=BORN), one("郑和", birth_date=BORN), one("郑和")]
    family = [one("周一"), one("周二")]
    called = [one("王五"), one("王五")]
    for person in (*family, *called):
        Identity.objects.create(person=person, mobile="13800001234")

    found = [(a.pk, b.pk, why) for a, b, why in likely_pairs(Person.objects.active())]

    assert found == [
        (born[0].pk, born[1].pk, "姓名和出生日期相同"),
        (called[0].pk, called[1].pk, "姓名和手机号相同"),
    ]
    assert [other for other, _ in alike(born[0], cast.actor("frank"))] == [born[1]]
    assert alike(born[0], cast.actor("dave")) == []


def test_two_people_are_told_apart_for_good(cast):
    one, other = (PersonFactory(name="郑和", org=cast.branch, birth_date=BORN) for _ in range(2))

    tell_apart(other, one, by=cast.actor("frank"))
    tell_apart(one, other, by=cast.actor("frank"))

    assert NotSame.objects.get().said_by == cast.frank
    assert likely_pairs(Person.objects.active()) == []
    assert alike(one, cast.actor("frank")) == []


def test_of_three_alike_those_left_to_ask_are_a_pair(cast, monkeypatch):
    """The first is told apart from both others, who may still be one; so the night goes on."""
    monkeypatch.setattr(duplicates, "MOST", 1)
    frank = cast.actor("frank")
    one, two, three, four = (
        PersonFactory(name="郑和", org=cast.branch, birth_date=BORN) for _ in range(4)
    )
    found = [likely_pairs(Person.objects.active())[0][:2]]
    for other in (two, three, four):
        tell_apart(one, other, by=frank)
    found.append(likely_pairs(Person.objects.active())[0][:2])
    tell_apart(two, three, by=frank)
    tell_apart(two, four, by=frank)
    found.append(likely_pairs(Person.objects.active())[0][:2])

    assert found == [(one, two), (two, three), (three, four)]


def test_each_night_goes_on_to_pairs_nobody_heard_of(cast, monkeypatch):
    """Neither pairs that were told nor those nobody keeps stand in the way of the others."""
    monkeypatch.setattr(duplicates, "MOST", 1)
    nobodys = OrgFactory(name="别省工会", kind="federation")
    for name, org in (("安一", nobodys), ("白二", cast.branch), ("常三", cast.branch)):
        for _ in range(2):
            PersonFactory(name=name, org=org, birth_date=BORN)

    nights = [tell_of_duplicates(MAR) for _ in range(3)]

    assert nights == ["told 1", "told 1", "told 0"]
    titles = sorted(Notice.objects.values_list("title", flat=True))
    assert [title[7:9] for title in titles] == ["常三", "白二"]


def test_who_keeps_both_hears_of_a_pair_once(cast):
    for org in (cast.branch, cast.second_branch):
        PersonFactory(name="郑和", org=org, birth_date=BORN)

    tell_of_duplicates(MAR)
    tell_of_duplicates(MAR)

    notice = Notice.objects.get()
    assert notice.person == cast.frank
    assert notice.title == "可能是同一人：郑和（一分会）和郑和（二分会）"


# The screens


def at(name, *args):
    return reverse(f"membership:{name}", args=args)


def text(response):
    return response.content.decode()


def test_the_list_says_when_it_stops_before_the_end(cast, monkeypatch):
    for name in ("白二", "常三"):
        for _ in range(2):
            PersonFactory(name=name, org=cast.branch, birth_date=BORN)
    url = at("duplicates") + "?scope=below"
    assert "先列" not in text(cast.client("frank").get(url))

    for module in (duplicates, screens):
        monkeypatch.setattr(module, "MOST", 1)

    assert "先列 1 对，处理以后接着列出后面的。" in text(cast.client("frank").get(url))


def test_a_pair_is_found_compared_merged_and_parted_on_the_screens(cast):
    kept = PersonFactory(name="郑和", org=cast.branch, birth_date=BORN, department="热处理")
    gone = PersonFactory(name="郑和", org=cast.second_branch, birth_date=BORN, department="机加")
    client = cast.client("frank")
    listed = text(client.get(at("duplicates") + "?scope=below"))
    assert at("person-compare", kept.pk, gone.pk) in listed
    assert at("person-compare", kept.pk, gone.pk) in text(client.get(at("person-detail", kept.pk)))

    page = text(client.get(at("person-compare", kept.pk, gone.pk)))
    assert "机加" in page
    assert "会籍台账以哪条为准" in page
    done = client.post(
        at("person-compare", kept.pk, gone.pk),
        {"department": "gone", "ledger": "kept", "reason": "核对过"},
    )

    merge = Merge.objects.get()
    kept.refresh_from_db()
    assert (done.url, kept.department) == (at("merge-detail", merge.pk), "机加")
    assert "已并入" in text(client.get(at("person-detail", gone.pk)))
    people = client.get(at("person-list") + "?scope=below&q=郑和").context["table"]
    assert [row.pk for row in people.page.object_list.data] == [kept.pk]
    assert client.get(at("merge-undo", merge.pk)).status_code == 200
    client.post(at("merge-undo", merge.pk))
    gone.refresh_from_db()
    assert gone.merged_into is None


def test_what_is_sealed_is_compared_by_its_masks(cast):
    kept, gone = (PersonFactory(name="郑和", org=cast.branch) for _ in range(2))
    Identity.objects.create(person=kept, mobile="13800000001")
    Identity.objects.create(person=gone, number="E12345678", kind="2", mobile="13800000002")

    page = text(cast.client("frank").get(at("person-compare", kept.pk, gone.pk)))

    assert "138****0002（并入的记录）" in page
    assert "身份信息" not in page  # stays, and is no row that moves
    assert "*******78" in page
    assert "13800000002" not in page
    assert "E12345678" not in page


def test_the_other_record_is_found_by_hand(cast):
    client = cast.client("frank")

    response = client.post(at("person-same", cast.alice.pk), {"other": "鲍博"})

    assert response.url == at("person-compare", cast.alice.pk, cast.bob.pk)


def test_two_are_told_apart_on_the_screen(cast):
    cast.client("frank").post(at("person-apart", cast.alice.pk, cast.bob.pk), {"back": "list"})

    assert NotSame.objects.count() == 1


def test_who_of_the_name_is_there_is_told_while_typing(cast):
    assert "艾丽（一分会）" in text(cast.client("frank").get(at("same-name") + "?name=艾丽"))
    assert "艾丽" not in text(cast.client("dave").get(at("same-name") + "?name=艾丽"))


@pytest.mark.parametrize("who", ["bob", "dave", "alice"])
def test_only_who_keeps_both_compares_them(cast, who):
    client = cast.client(who)

    assert client.get(at("person-compare", cast.alice.pk, cast.bob.pk)).status_code == 404
    assert client.get(at("person-same", cast.bob.pk)).status_code == 404
    assert client.post(at("person-apart", cast.alice.pk, cast.bob.pk)).status_code == 404
