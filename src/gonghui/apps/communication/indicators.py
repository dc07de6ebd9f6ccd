"""What is counted of what unions issue: briefs by number, news, material, what was taken up."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import Indicator, Source, Split, areas, declare

from .models import PAPERS, Publication
from .rules import PUBLICATION_RULES

AREA = "communication"
areas.add(AREA, "宣传信息")

issued = Source(
    "communication.issued",
    rows=lambda: Publication.objects.issued(),
    rule=PUBLICATION_RULES["view"],
    day="issued_on",
    columns=(
        "title",
        "kind",
        "year",
        "number",
        "copies",
        "issued_on",
        "org",
        "sent_to",
        "adopted_by",
    ),
    splits=(Split("kind", "种类", "kind"),),
)

declare(
    Indicator(
        "communication.briefs", "印发简报", "期", AREA, issued, only=Q(kind="brief"),
        about="印发日期在期内的简报，一期算一期；撤回的不算。",
    ),
    Indicator(
        "communication.news", "报送信息", "条", AREA, issued, only=Q(kind="news"),
        about="印发日期在期内的信息；撤回的不算。",
    ),
    Indicator(
        "communication.experiences", "经验材料", "篇", AREA, issued, only=Q(kind="experience"),
        about="印发日期在期内的经验材料；撤回的不算。",
    ),
    Indicator(
        "communication.leaflets", "发放宣传单", "份", AREA, issued, only=Q(kind="leaflet"),
        sum="copies", among=Q(kind="leaflet"),
        about="日期在期内的宣传单，把每次登记的份数加起来；撤回的不算。",
    ),
    Indicator(
        "communication.banners", "悬挂横幅", "条", AREA, issued, only=Q(kind="banner"),
        sum="copies", among=Q(kind="banner"),
        about="日期在期内的横幅，把每次登记的条数加起来；撤回的不算。",
    ),
    Indicator(
        "communication.issued", "印发的简报信息", "份", AREA, issued, only=Q(kind__in=PAPERS),
        about="印发日期在期内的简报、信息和经验材料，每份算一份，可以按种类看；撤回的不算。",
    ),
    Indicator(
        "communication.adopted", "被采用的简报信息", "份", AREA, issued, only=~Q(adopted_by=""),
        about="印发日期在期内、登记了被哪里采用的简报、信息和经验材料。",
    ),
)  # fmt: skip
