"""Addresses of what activities left."""

from . import portal
from .screens import checking, credits, papers, people, photos, record

app_name = "records"
urlpatterns = [
    *record.urlpatterns,
    *credits.urlpatterns,
    *papers.urlpatterns,
    *people.urlpatterns,
    *photos.urlpatterns,
    *checking.urlpatterns,
    *portal.urlpatterns,
]
