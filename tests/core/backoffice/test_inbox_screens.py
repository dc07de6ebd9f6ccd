"""The inbox through its door."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gonghui.core.notices.inbox import inbox_of, tell, unread_count


def test_list_shows_only_ones_own(cast):
    tell([cast.alice], kind="assigned", title="办理入会材料", body="月底前")
    tell([cast.bob], kind="assigned", title="别人的事")

    page = cast.client("alice").get(reverse("inbox:list")).content.decode()

    assert "办理入会材料" in page
    assert "（未读）" in page
    assert "别人的事" not in page


def test_empty_inbox_teaches(cast):
    page = cast.client("alice").get(reverse("inbox:list")).content.decode()

    assert "还没有消息" in page


def test_list_is_narrowed_by_kind_and_unread(cast):
    tell([cast.alice], kind="assigned", title="甲事")
    tell([cast.alice], kind="due", title="乙事")
    client = cast.client("alice")
    client.get(reverse("inbox:open", args=[inbox_of(cast.alice).get(title="甲事").pk]))

    by_kind = client.get(reverse("inbox:list"), {"kind": "assigned"}).content.decode()
    unread = client.get(reverse("inbox:list"), {"unread": ""}).content.decode()

    assert ("甲事" in by_kind, "乙事" in by_kind) == (True, False)
    assert ("甲事" in unread, "乙事" in unread) == (False, True)
    assert "这里没有消息" in client.get(reverse("inbox:list"), {"kind": "x"}).content.decode()


def test_list_costs_the_same_for_one_and_for_three(cast, django_assert_max_num_queries):
    client = cast.client("alice")
    tell([cast.alice], kind="assigned", title="一")
    client.get(reverse("inbox:list"))
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as queries:
            client.get(reverse("inbox:list"))
        counts.append(len(queries))
        for kind in ("due", "overdue"):
            tell([cast.alice], kind=kind, title="二")

    assert counts[0] == counts[1]


def test_opening_marks_read_and_leads_on(cast):
    tell([cast.alice], kind="assigned", title="交办", url="/plans/7/")
    notice = inbox_of(cast.alice).get()

    response = cast.client("alice").get(reverse("inbox:open", args=[notice.pk]))

    assert (response.status_code, response.url) == (302, "/plans/7/")
    assert unread_count(cast.alice) == 0


def test_notice_without_a_door_is_shown(cast):
    tell([cast.alice], kind="system", title="维护", body="今晚八点。")

    response = cast.client("alice").get(reverse("inbox:open", args=[inbox_of(cast.alice).get().pk]))

    assert "今晚八点。" in response.content.decode()


@pytest.mark.parametrize("url", ["https://elsewhere.example", "//elsewhere.example"])
def test_notice_never_leads_outside(cast, url):
    tell([cast.alice], kind="system", title="外面", url=url)

    response = cast.client("alice").get(reverse("inbox:open", args=[inbox_of(cast.alice).get().pk]))

    assert response.status_code == 200


def test_somebody_elses_notice_does_not_exist(cast):
    tell([cast.alice], kind="assigned", title="交办")
    notice = inbox_of(cast.alice).get()

    assert cast.client("bob").get(reverse("inbox:open", args=[notice.pk])).status_code == 404
    assert unread_count(cast.alice) == 1


def test_all_are_read_at_once(cast):
    tell([cast.alice], kind="assigned", title="一")
    tell([cast.alice], kind="due", title="二")
    client = cast.client("alice")

    client.post(reverse("inbox:read-all"), {"kind": "due"})
    assert unread_count(cast.alice) == 1
    response = client.post(reverse("inbox:read-all"), follow=True)

    assert unread_count(cast.alice) == 0
    assert "1 条消息已标为已读。" in response.content.decode()
    assert client.get(reverse("inbox:read-all")).status_code == 405


def test_account_without_a_person_has_no_inbox(cast, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody", password="x"))

    assert client.get(reverse("inbox:list")).status_code == 404
