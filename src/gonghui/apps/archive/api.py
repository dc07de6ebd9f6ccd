"""What others may ask of the archive."""

from __future__ import annotations

from .actions.freezing import freeze
from .actions.loading import Given, lay_in
from .actions.space import comment, hand_out, recommend, thank

__all__ = ["Given", "comment", "freeze", "hand_out", "lay_in", "recommend", "thank"]
