"""People, the posts they hold, their membership and accounts; questions only, no use-cases."""

from .account import Account, logs_in_with, mobile_number
from .identity import Identity
from .membership import Act, LedgerEntry, Membership, Standing
from .particulars import Particulars
from .person import Employment, Person, Sex
from .post import CHAIR, Duty, Post, Way
from .privacy import Consent, Correction, CorrectionState, Reveal, Scope
from .words import (
    Degree,
    Document,
    Education,
    EmploymentStatus,
    Gig,
    Household,
    Marital,
    Politics,
    Skill,
    TitleLevel,
)

__all__ = [
    "CHAIR",
    "Account",
    "Act",
    "Consent",
    "Correction",
    "CorrectionState",
    "Degree",
    "Document",
    "Duty",
    "Education",
    "Employment",
    "EmploymentStatus",
    "Gig",
    "Household",
    "Identity",
    "LedgerEntry",
    "Marital",
    "Membership",
    "Particulars",
    "Person",
    "Politics",
    "Post",
    "Reveal",
    "Scope",
    "Sex",
    "Skill",
    "Standing",
    "TitleLevel",
    "Way",
    "logs_in_with",
    "mobile_number",
]
