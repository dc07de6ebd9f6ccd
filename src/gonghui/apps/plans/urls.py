"""Addresses of plans, their tasks and what is passed down."""

from . import portal
from .screens import passing, plans, review, summary

app_name = "plans"
urlpatterns = [
    *plans.urlpatterns,
    *review.urlpatterns,
    *passing.urlpatterns,
    *summary.urlpatterns,
    *portal.urlpatterns,
]
