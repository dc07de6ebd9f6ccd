"""What others may ask of the archive."""

from __future__ import annotations

from .actions.freezing import freeze
from .actions.loading import Given, lay_in
from .actions.space import comment, hand_out, recommend, thank
from .queries.pieces import degrees_of, education_of

__all__ = [
    "Given",
    "comment",
    "degrees_of",
    "education_of",
    "freeze",
    "hand_out",
    "lay_in",
    "recommend",
    "thank",
]
