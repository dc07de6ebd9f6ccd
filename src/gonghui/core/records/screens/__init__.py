"""The organiser's screens afterwards, what people earned, and the page where papers are checked."""

from . import checking, credits, papers, people, photos, record, results, scoring

__all__ = ["checking", "credits", "papers", "people", "photos", "record", "results", "scoring"]
