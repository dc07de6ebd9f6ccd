"""What is counted of posts: cadres, chairs, delegates, who sits in committees."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import Indicator, Source, Split, ages, declare, sexes
from gonghui.core.orgs.models import CONGRESSES, Function
from gonghui.core.people.models import CHAIR, Post
from gonghui.core.people.models.words import Category

from ..rules import POST_RULES
from .bodies import AREA, share

DELEGATE = Q(org__function=Function.WORKERS_CONGRESS)

posts = Source(
    "organisation.posts",
    rows=lambda: Post.objects.exclude(org__function__in=CONGRESSES),
    rule=POST_RULES["view"],
    since="since",
    until="until",
    person="person",
    columns=("person", "org", "title", "since", "full_time", "way"),
    splits=(sexes(), ages(), Split("way", "产生方式", "way")),
)
seats = Source(
    "organisation.seats",
    rows=lambda: Post.objects.all(),
    rule=POST_RULES["view"],
    since="since",
    until="until",
    person="person",
    columns=("person", "org", "title", "since"),
    splits=(sexes(), ages(), Split("category", "职工类别", "person__category")),
)


def _holders(code: str, title: str, only: Q, about: str, among: Q | None = None) -> Indicator:
    """People who hold a post on the last day, each once."""
    return Indicator(
        f"organisation.{code}",
        title,
        "人",
        AREA,
        posts,
        only=only,
        people=True,
        among=among,
        about=about,
    )


def _sitting(code: str, title: str, function: Function) -> Indicator:
    """People who sit in committees of a sort."""
    only, about = Q(org__function=function), f"期末在{function.label}任职的人，一人只算一次。"
    return _holders(code, title, only, about, only)


def _delegates(code: str, title: str, only: Q, about: str) -> Indicator:
    """Delegates of workers' congresses on the last day, each person once."""
    return Indicator(
        f"organisation.{code}",
        title,
        "人",
        AREA,
        seats,
        only=DELEGATE & only,
        people=True,
        among=DELEGATE,
        about=about,
    )


declare(
    _delegates("delegates", "职工代表", Q(), "期末任职工代表的人，一人只算一次。"),
    _delegates("delegates_women", "女职工代表", Q(person__sex="female"), "期末任职工代表的女性。"),
    _delegates(
        "delegates_front",
        "一线职工代表",
        Q(person__category=Category.FRONT_LINE),
        "期末任职工代表、职工类别登记为一线职工的人；没有登记类别的不算。",
    ),
    _sitting("mediators", "劳动争议调解员", Function.MEDIATION),
    _sitting("inspectors_of_law", "劳动法律监督员", Function.LAW),
    _sitting("inspectors", "劳动保护监督检查员", Function.PROTECTION),
    Indicator(
        "organisation.posts",
        "任职",
        "个",
        AREA,
        posts,
        about="期末在任的职务，会员代表、职工代表不算；一人几职算几个。",
    ),
    _holders("holders", "任职的人", Q(), "期末任有职务的人，一人几职只算一次。"),
    _holders(
        "full_time",
        "专职工会干部",
        Q(full_time=True),
        "期末登记为专职的人；没有登记的不算。",
        Q(full_time__isnull=False),
    ),
    _holders(
        "part_time",
        "兼职工会干部",
        Q(full_time=False),
        "期末登记为兼职的人；没有登记的不算。",
        Q(full_time__isnull=False),
    ),
    _holders("women_holders", "任职的女性", Q(person__sex="female"), "期末任有职务的女性。"),
    share(
        "women_holders_share", "任职女性占比", "women_holders", "holders", "任职的人里女性多少。"
    ),
    _holders("chairs", "工会主席", Q(title=CHAIR), "期末任主席的人。"),
    _holders("chairs_women", "女主席", Q(title=CHAIR, person__sex="female"), "期末任主席的女性。"),
    _holders(
        "chairs_full_time",
        "专职主席",
        Q(title=CHAIR, full_time=True),
        "期末任主席、登记为专职的人；没有登记的不算。",
        Q(title=CHAIR, full_time__isnull=False),
    ),
    _holders(
        "chairs_part_time",
        "兼职主席",
        Q(title=CHAIR, full_time=False),
        "期末任主席、登记为兼职的人；没有登记的不算。",
        Q(title=CHAIR, full_time__isnull=False),
    ),
)
