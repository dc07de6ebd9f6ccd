"""Loads the demo city once: bodies and people in bulk, plans through the doors, then cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from gonghui.apps.plans.api import stock_plans
from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Account, Membership, Person, Post, logs_in_with
from gonghui.core.search.cards import reindex
from gonghui.core.search.sources import sources
from gonghui.core.watch.refreshing import refresh

from .archive import fill_archives
from .attending import attend
from .cadres import keep_cadres
from .city import BODIES
from .crowd import FIRST_MOBILE, raise_crowd
from .evaluating import draw_up, weigh_people
from .filing import file_forms
from .goals import set_goals
from .helping import help_out
from .holding_office import hold_office
from .honouring import honour_and_help
from .issuing import issue_papers
from .learning import learn
from .lives import close_plans, raise_plans
from .mentoring import bring_on
from .people import people as demo_people
from .plans import PLANS
from .reading import open_bookrooms
from .reporting import report
from .seed import BATCH, Seed, found_city, seed_city
from .teams import build_teams
from .telling import pass_down, promise, tell
from .training import train

STOCKED = 4  # every so many enterprises of the crowd have a plan

Say = Callable[[str], None]


@dataclass(frozen=True)
class Summary:
    """What a run of the demo left in the database, and whether the city was there before."""

    was_there: bool
    bodies: int
    people: int


def load_demo(
    *, people: int | None = None, today: date | None = None, say: Say = lambda words: None
) -> Summary:
    """Load the city, and a crowd of so many people when asked; what is there is left alone."""
    day = today or timezone.localdate()
    seed = found_city()
    was_there = bool(seed.orgs)
    if not was_there:
        seed = _load_city(day)
        say(f"安澜市：{len(BODIES)} 个组织，{len(demo_people())} 人，{len(PLANS)} 份成文计划")
    crowd = people is not None and people > len(demo_people()) and not _has_crowd()
    if crowd:
        wanted = (people or 0) - len(demo_people())
        unions = raise_crowd(seed.orgs["city"], wanted, day, say)
        _stock(seed, unions[::STOCKED], day, say)
    if crowd or not was_there:
        _index(say)
        found = sum(outcome.found for outcome in refresh(day=day))
        say(f"检查发现 {found} 处要留意")
    return Summary(was_there, Org.objects.count(), Person.objects.count())


def _tell_planner() -> None:
    """PostgreSQL learns of new rows by itself, but of none that are not committed yet.

    Without it members are counted row by row, for minutes.
    """
    if connection.vendor == "postgresql":
        tables = (Org, Person, Post, Account, Membership)
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


@transaction.atomic
def _load_city(day: date) -> Seed:
    """All of the city or none of it; a bulk load leaves one entry in the history, with counts."""
    seed = seed_city(day)
    _tell_planner()
    officer = Actor(seed.account_person("admin"))
    counts = {"bodies": len(seed.orgs), "people": len(seed.people)}
    record(seed.orgs["city"], "create", by=officer, changes=counts)
    lives = raise_plans(seed, day)
    tell(lives)
    close_plans(lives)
    pass_down(lives)
    attend(lives)
    help_out(lives)
    hold_office(lives)
    fill_archives(lives)
    build_teams(lives)
    set_goals(lives)
    keep_cadres(lives)
    honour_and_help(lives)
    draw_up(lives)
    train(lives)
    bring_on(lives)
    open_bookrooms(lives)
    learn(lives)
    weigh_people(lives)
    promise(lives)
    report(lives)
    issue_papers(lives)
    file_forms(lives)
    return seed


def _stock(seed: Seed, unions: list[Org], day: date, say: Say) -> None:
    """Give these unions the machinery company's running plan, owned by their chairs."""
    model = seed.orgs["machinery"].plan_set.filter(state="running").first()  # type: ignore[attr-defined]  # the plans' own reverse name
    if model is None:
        return
    chairs: dict[Org, Person] = {}
    for first in range(0, len(unions), BATCH):
        held = Post.objects.held(day).filter(org__in=unions[first : first + BATCH], title="主席")
        chairs |= {post.org: post.person for post in held.select_related("org", "person")}
    count = stock_plans(model, chairs, by=Actor(seed.account_person("admin")))
    say(f"{len(chairs)} 个单位有执行中的计划，共 {count} 条")


def _has_crowd() -> bool:
    return Account.objects.filter(logs_in_with(f"199{FIRST_MOBILE:08d}")).exists()


def _index(say: Say) -> None:
    for kind, source in sources.items():
        say(f"搜索索引 {kind}：{reindex(source)} 条")
