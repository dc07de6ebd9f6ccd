"""Tables of the rule library, of cadres' entitlements and of their ability."""

from .ability import Ability, Profile, Rating, Score
from .entitlements import Entitlement, EntitlementKind
from .regulations import Regulation, RegulationVersion, Subject

__all__ = [
    "Ability",
    "Entitlement",
    "EntitlementKind",
    "Profile",
    "Rating",
    "Regulation",
    "RegulationVersion",
    "Score",
    "Subject",
]
