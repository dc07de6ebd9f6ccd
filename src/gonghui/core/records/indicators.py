"""What is counted of what activities left: contributions, certificates, photos, opinions."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach, is_person
from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare, sexes

from .models import Certificate, Contribution, Feedback, Photo
from .rules import CERTIFICATE_RULES, CONTRIBUTION_RULES

AREA = "activities"

contributions = Source(
    "records.contributions",
    rows=lambda: Contribution.objects.all(),
    rule=CONTRIBUTION_RULES["view"],
    org="activity__org",
    day="activity__starts_at",
    person="registration__person",
    personal=True,
    columns=("registration", "kind", "activity", "activity__org", "activity__starts_at", "words"),
    page="activity",
    splits=(
        Split("kind", "贡献", "kind"),
        Split("activity", "活动类别", "activity__kind"),
        sexes("registration__person"),
    ),
    follows={"activities.activity": "org"},
)
certificates = Source(
    "records.certificates",
    rows=lambda: Certificate.objects.standing(),
    rule=CERTIFICATE_RULES["view"],
    day="issued_on",
    person="registration__person",
    personal=True,
    columns=("registration", "title", "org", "role", "hours", "issued_on"),
    page="registration__activity",
    splits=(
        Split("sort", "种类", "sort"),
        Split("role", "身份", "role"),
        sexes("registration__person"),
    ),
    follows={"activities.activity": "org"},
)
photos = Source(
    "records.photos",
    rows=lambda: Photo.objects.all(),
    rule=in_reach("activities.view", field="activity__org")
    | in_reach("activities.write", field="activity__org"),
    org="activity__org",
    day="activity__starts_at",
    columns=("words", "activity", "activity__org", "activity__starts_at"),
    page="activity",
    follows={"activities.activity": "org"},
)
# Opinions are shown without a name, also to who may see them.
opinions = Source(
    "records.opinions",
    rows=lambda: Feedback.objects.all(),
    rule=in_reach("activities.write", field="registration__activity__org")
    | is_person("registration__activity__organiser"),
    org="registration__activity__org",
    day="registration__activity__starts_at",
    columns=("registration__activity", "registration__activity__org", "stars", "words"),
    page="registration__activity",
    splits=(Split("stars", "评分", "stars", {n: f"{n} 分" for n in range(1, 6)}),),
    follows={"signing.registration": "activity__org"},
)

declare(
    Indicator(
        "records.contributions",
        "发言、授课等贡献",
        "人次",
        AREA,
        contributions,
        about="期内的活动记录里写明的贡献，一人几次算几次。",
    ),
    Indicator(
        "records.contributors",
        "有贡献的人",
        "人",
        AREA,
        contributions,
        people=True,
        about="期内的活动记录里写明有贡献的人，一人只算一次；来宾不算。",
    ),
    Indicator(
        "records.certificates",
        "证明",
        "张",
        AREA,
        certificates,
        about="出具日期在期内、没有撤回的参加证明和结业证书。",
    ),
    Indicator("records.photos", "活动照片", "张", AREA, photos, about="期内的活动留下的照片。"),
    Indicator("records.opinions", "活动反馈", "条", AREA, opinions, about="期内的活动收到的反馈。"),
    Indicator(
        "records.stars",
        "反馈评分合计",
        "分",
        AREA,
        opinions,
        sum="stars",
        about="期内的活动收到的评分相加。",
    ),
    Ratio(
        "records.satisfaction",
        "反馈平均分",
        "分/条",
        AREA,
        "records.stars",
        "records.opinions",
        about="评分合计除以反馈条数；每条 1 至 5 分。",
    ),
)
