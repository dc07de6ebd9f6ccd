"""The check of labour contracts that the law extends for whoever holds a union post (ORG-12)."""

from __future__ import annotations

from collections.abc import Iterable

from gonghui.core.people.models import Post
from gonghui.core.people.posts import union_of_post
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import COMMITTEE_TITLE, committee_posts
from gonghui.kit.dates import full_day

from ..models import Term


def extended(sight: Sight) -> Iterable[Hit]:
    """The contract of a committee member ends before the term does, so the law makes it longer.

    A full-time one's by the length of the office, reckoned from its end (最高法解释 §2); another
    one's to the end of the term. Whether somebody is full-time must be on record.
    """
    ends = dict(columns(Term.objects.open().with_end().filter(sight.within()), "org_id", "ends_by"))
    posts = Post.objects.filter(committee_posts(sight), title__regex=COMMITTEE_TITLE)
    posts = posts.filter(contract_until__isnull=False, full_time__isnull=False)
    for pk, union, name, since, contract, full_time in columns(
        posts.annotate(union=union_of_post()),
        "pk", "union", "person__name", "since", "contract_until", "full_time",
    ):  # fmt: skip
        end = ends.get(union)
        if end is None or contract >= end:
            continue
        until = end + (end - since) if full_time else end
        how = "专职，自任期届满起再延长任职的期间" if full_time else "非专职，延长到任期届满"
        words = (
            f"{name}的劳动合同 {full_day(contract)}期满，任期到 {full_day(end)}；"
            f"{how}，合同自动延长至 {full_day(until)}。"
        )
        yield Hit(union, words, pk)


declare(
    Check(
        "ORG-12",
        "任职期间劳动合同自动延长",
        "主席和委员",
        "info",
        "请告知单位和本人合同自动延长到哪天；任职期间有严重过失或者达到法定退休年龄的除外，可以认领并写明。",
        extended,
        "people.post",
        act="去看任职",
        basis="工会法第十九条；最高人民法院关于审理劳动争议适用工会法的解释第二条",
        touched_by=("people.post", "elections.term"),
    )
)
