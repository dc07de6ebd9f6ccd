"""Addresses of what activities left."""

from . import portal
from .screens import checking, credits, papers, people, photos, record, results

app_name = "records"
urlpatterns = [
    *record.urlpatterns,
    *credits.urlpatterns,
    *papers.urlpatterns,
    *people.urlpatterns,
    *photos.urlpatterns,
    *results.urlpatterns,
    *checking.urlpatterns,
    *portal.urlpatterns,
]
