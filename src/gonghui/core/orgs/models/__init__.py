"""Tables of bodies: the tree everything refers to, its versions, and a union's record."""

from gonghui.kit import among  # noqa: F401  # teaches every column its "among"

from .. import lookups  # noqa: F401  # teaches every key to a body its "within"
from .org import (
    BELOW,
    BODIES,
    CONGRESSES,
    SMALL,
    STEP,
    UNIT,
    UPPER,
    WITHIN,
    Function,
    Kind,
    Org,
    OrgQuerySet,
    OrgRecord,
    subtree,
)
from .union import INDUSTRIES, Economy, Headcount, UnionRecord, Unit
from .version import OrgVersion

__all__ = [
    "BELOW",
    "BODIES",
    "CONGRESSES",
    "INDUSTRIES",
    "SMALL",
    "STEP",
    "UNIT",
    "UPPER",
    "WITHIN",
    "Economy",
    "Function",
    "Headcount",
    "Kind",
    "Org",
    "OrgQuerySet",
    "OrgRecord",
    "OrgVersion",
    "UnionRecord",
    "Unit",
    "subtree",
]
