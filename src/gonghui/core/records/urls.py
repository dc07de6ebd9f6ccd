"""Addresses of what activities left."""

from . import portal
from .screens import checking, credits, papers, people, photos, record, results, scoring

app_name = "records"
urlpatterns = [
    *record.urlpatterns,
    *credits.urlpatterns,
    *papers.urlpatterns,
    *people.urlpatterns,
    *photos.urlpatterns,
    *results.urlpatterns,
    *scoring.urlpatterns,
    *checking.urlpatterns,
    *portal.urlpatterns,
]
