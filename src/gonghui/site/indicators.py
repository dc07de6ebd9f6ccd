"""Figures that set the records of two apps beside each other; each app declares its own itself."""

from __future__ import annotations

from gonghui.core.indicators.registry import Ratio, declare

declare(
    Ratio(
        "site.training_share",
        "职工参训率",
        "%",
        "learning",
        "training.people",
        "membership.workers",
        about="期内参加过培训班的职工，占期末在册职工的多少；期内离开的人也在分子里。",
    ),
)
