"""Members' votes on the phone: who may vote, what still waits for somebody, what came of it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Account, Membership, Person, Standing
from gonghui.core.regulations.standards import standard
from gonghui.kit.dates import full_day
from gonghui.kit.prepared import about

from ..models import (
    BallotCount,
    Choice,
    Contender,
    ContenderState,
    Criterion,
    Filler,
    Opinion,
    Poll,
    Round,
    RoundState,
)

# While a sheet is judged; afterwards its result stands.
VOTED_IN = (RoundState.APPLYING, RoundState.RATING, RoundState.VISITING)
SHARE = "evaluation_vote_share"
SECRET = 3  # of fewer the numbers would tell who said what


@dataclass(frozen=True)
class Vote:
    """A vote as it stands: how many took part, and once it is over how many said what."""

    poll: Poll
    voted: int
    counts: dict[tuple[int, str], int]
    is_over: bool

    @property
    def is_valid(self) -> bool:
        return self.is_over and self.voted >= self.poll.least

    @property
    def stands(self) -> bool:
        """Whether it runs or counts; otherwise members are asked again, here or on paper."""
        return not self.is_over or self.is_valid

    def share(self, criterion: int) -> Fraction | None:
        """Of a hundred who voted so many are content; None while it runs and where too few did."""
        if not self.is_valid:
            return None
        return Fraction(100 * self.counts.get((criterion, Choice.YES), 0), self.voted)

    def words(self, criterion: int) -> str:
        """Who took part; what they said only once it counts."""
        called = f"会员评议 {self.voted} / {self.poll.called} 人参加"
        if not self.is_over:
            return f"{called}，{full_day(self.poll.until)}截止以后显示结果"
        if not self.is_valid:
            return f"{called}，不够 {self.poll.least} 人，不计分"
        said = "，".join(
            f"{Choice(choice).label} {self.counts.get((criterion, choice), 0)}"
            for choice in Choice.values
        )
        return f"{called}：{said}"


def votes_on(contenders: Iterable[int]) -> dict[int, Vote]:
    """Contender → its last vote; two questions."""
    polls = Poll.objects.filter(contender__in=contenders).prefetch_related("tallies")
    today, found = timezone.localdate(), dict[int, Vote]()
    for poll in polls.annotate(voted=Count("voters")).order_by("pk"):
        counts = {(one.criterion_id, one.choice): one.count for one in poll.tallies.all()}
        found[poll.contender_id] = Vote(poll, poll.voted, counts, today > poll.until)
    return found


def members_of(contender: Contender, day: date) -> QuerySet[Person]:
    """The members of its body and all below it on a day; nobody votes on themselves."""
    held = Membership.objects.on(day).filter(
        standing=Standing.MEMBER, org__within=(contender.org.path,)
    )
    rows = Person.objects.active().filter(pk__in=held.order_by().values("person"))
    return rows.exclude(pk=contender.person_id) if contender.person_id else rows


@dataclass(frozen=True)
class Electorate:
    """Who could vote on a sheet today, how many of them on the phone, and how many have to.

    ``basis`` is the standard by which so many have to, empty where none is set.
    """

    called: int
    able: int
    least: int
    basis: str

    @property
    def unable(self) -> int:
        """Members without an account cannot vote on the phone."""
        return self.called - self.able

    @property
    def is_hopeless(self) -> bool:
        """Whether so few can vote that the result cannot count."""
        return bool(self.basis) and self.able < self.least


def electorate(contender: Contender, day: date) -> Electorate:
    """Three questions: the members, their accounts, the standard."""
    people = members_of(contender, day)
    called = people.count()
    own = Account.objects.filter(is_active=True, person__in=people.order_by().values("pk"))
    held = standard(SHARE, org=contender.round.org, day=day)
    if held is None:
        return Electorate(called, own.count(), 0, "")
    doubt = "待核实" if held.is_doubtful else ""
    basis = "；".join(filter(None, (held.words, held.source, doubt)))[:300]
    return Electorate(called, own.count(), max(SECRET, math.ceil(held.value * called)), basis)


def voted_items(contender: Contender) -> list[Criterion]:
    """The items of its sheet that members judge."""
    rows = Criterion.objects.filter(lines__contender=contender, filler=Filler.MEMBERS)
    return list(rows.exclude(method="").order_by("position", "pk"))


def open_polls(day: date) -> QuerySet[Poll]:
    """Those in which one may vote on a day."""
    rows = Poll.objects.filter(
        opened_on__lte=day, until__gte=day, contender__round__state__in=VOTED_IN
    )
    return rows.exclude(contender__state=ContenderState.WITHDRAWN)


def waiting_for(person: Person, day: date) -> list[Poll]:
    """Votes a person may take part in and has not yet; the first to end comes first."""
    own = Membership.objects.filter(person=person, standing=Standing.MEMBER)
    spans = [(one.org, one.since, one.until) for one in own.select_related("org").order_by()]
    above = {path for org, _, _ in spans for path in org.ancestor_paths()}
    if not above or person.left_on:
        return []
    rows = open_polls(day).filter(contender__org__path__in=above).exclude(voters__person=person)
    named = rows.select_related("contender__round__scheme", "contender__org", "contender__person")
    return [
        poll
        for poll in named.order_by("until", "pk")
        if poll.contender.person_id != person.pk
        and any(
            since <= poll.opened_on
            and (until is None or until >= poll.opened_on)
            and org.is_within(poll.contender.org)
            for org, since, until in spans
        )
    ]


def running_vote(contender: Contender, day: date) -> Poll | None:
    """The vote on a sheet in which one may vote on a day."""
    return open_polls(day).filter(contender=contender).order_by("-pk").first()


def uncounted(day: date) -> list[Poll]:
    """Votes that were over before a day and of whose sheet no result has been written down."""
    counted = Opinion.objects.filter(line__contender=OuterRef("contender"))
    return list(Poll.objects.filter(~Exists(counted), until__lt=day).order_by("pk"))


def keeps_from_vote(contender: Contender, day: date) -> str:
    """Why no vote can be opened on a sheet; empty where one can."""
    if not voted_items(contender):
        return "评估方案里没有群众评议的项目。"
    vote = votes_on([contender.pk]).get(contender.pk)
    if vote and not vote.is_over:
        return f"会员评议正在进行，{full_day(vote.poll.until)}截止。"
    if vote and vote.is_valid:
        return "会员评议已经有结果，不能再评一次。"
    if BallotCount.objects.filter(line__contender=contender).exists():
        return "已经录入纸质评议的结果，不能再在系统里评议。"
    return ""


def keeps_from_counting(contender: Contender) -> str:
    """Why a vote on paper cannot be entered; empty where it can."""
    vote = votes_on([contender.pk]).get(contender.pk)
    return "" if _is_missing(vote) else "这份评估表在系统里评议，不再录入纸质评议的结果。"


def agreed(counts: Iterable[BallotCount]) -> BallotCount | None:
    """What two tellers say alike of a vote on paper: votes, contents and the day."""
    seen = set[tuple[int, int, date | None]]()
    for one in counts:
        said = (one.yes, one.cast, one.held_on)
        if said in seen:
            return one
        seen.add(said)
    return None


def unvoted_at(org: Org) -> list[Contender]:
    """A body's own sheets with items for members, of which there is neither vote nor count."""

    def asked(pk: int) -> QuerySet[Contender]:
        judged = Criterion.objects.filter(lines__contender=OuterRef("pk"), filler=Filler.MEMBERS)
        rows = Contender.objects.filter(
            Exists(judged.exclude(method="")), org=pk, round__state__in=VOTED_IN
        )
        free = rows.exclude(state=ContenderState.WITHDRAWN).exclude(lines__counts__isnull=False)
        return free.select_related("round", "person", "org").order_by("pk")

    named = list(about(org.pk, ("sheets to be voted on",), asked))
    votes = votes_on([one.pk for one in named]) if named else {}
    return [one for one in named if _is_missing(votes.get(one.pk))]


def _is_missing(vote: Vote | None) -> bool:
    return vote is None or not vote.stands


def still_open(round_: Round, day: date) -> list[Poll]:
    """Votes that run on a day, on sheets that stay in the round; the last to end comes first."""
    rows = Poll.objects.filter(contender__round=round_, until__gte=day)
    return list(rows.exclude(contender__state=ContenderState.WITHDRAWN).order_by("-until"))
