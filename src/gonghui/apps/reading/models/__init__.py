"""Tables of bookrooms: the room, its books and copies, what is lent and kept back, circles."""

from .book import MOST_AT_ONCE, Book, Copy, Fate
from .circle import Circle, Purpose
from .loan import Closing, Loan, Reservation
from .room import Bookroom, Level, RoomKind

__all__ = [
    "MOST_AT_ONCE",
    "Book",
    "Bookroom",
    "Circle",
    "Closing",
    "Copy",
    "Fate",
    "Level",
    "Loan",
    "Purpose",
    "Reservation",
    "RoomKind",
]
