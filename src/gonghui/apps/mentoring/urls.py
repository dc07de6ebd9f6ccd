"""Addresses of mentoring."""

from . import portal
from .screens import growing, pairs, study, tracks

app_name = "mentoring"
urlpatterns = [
    *pairs.urlpatterns,
    *tracks.urlpatterns,
    *growing.urlpatterns,
    *study.urlpatterns,
    *portal.urlpatterns,
]
