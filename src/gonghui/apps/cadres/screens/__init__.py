"""The officer's screens of rules, entitlements, ratings, time and the three ones of cadres."""

from . import person
from .records import EntitlementScreens, RatingScreens, RegulationScreens, repeal, version
from .three_ones import three_ones
from .times import OfficeTimeScreens

__all__ = [
    "EntitlementScreens",
    "OfficeTimeScreens",
    "RatingScreens",
    "RegulationScreens",
    "person",
    "repeal",
    "three_ones",
    "version",
]
