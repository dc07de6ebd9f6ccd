"""The officer's screens of rules, entitlements, ratings and the three ones of cadres."""

from . import person
from .records import EntitlementScreens, RatingScreens, RegulationScreens, repeal, version
from .three_ones import three_ones

__all__ = [
    "EntitlementScreens",
    "RatingScreens",
    "RegulationScreens",
    "person",
    "repeal",
    "three_ones",
    "version",
]
