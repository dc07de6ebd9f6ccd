"""Tables of the rule library, of cadres' entitlements, ability and time."""

from .ability import Ability, Profile, Rating, Score
from .entitlements import Entitlement, EntitlementKind
from .regulations import Regulation, RegulationVersion, Subject
from .times import OfficeTime

__all__ = [
    "Ability",
    "Entitlement",
    "EntitlementKind",
    "OfficeTime",
    "Profile",
    "Rating",
    "Regulation",
    "RegulationVersion",
    "Score",
    "Subject",
]
