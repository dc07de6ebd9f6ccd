"""The officer's side of the archive, split by what it is about."""

from .pieces import PieceScreens
from .space import MaterialScreens, RecommendationScreens
from .volumes import VolumeScreens

__all__ = ["MaterialScreens", "PieceScreens", "RecommendationScreens", "VolumeScreens"]
