"""Tables of the archive, split by what they are about."""

from .piece import CHANGING, COUNTING, Piece, Shown, State
from .space import Comment, Material, Recommendation, Thanks
from .volume import Volume

__all__ = [
    "CHANGING",
    "COUNTING",
    "Comment",
    "Material",
    "Piece",
    "Recommendation",
    "Shown",
    "State",
    "Thanks",
    "Volume",
]
