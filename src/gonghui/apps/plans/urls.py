"""Addresses of plans, their tasks and what is passed down."""

from . import portal
from .screens import activities, feeds, figures, items, passing, plans, review, summary, views

app_name = "plans"
urlpatterns = [
    *plans.urlpatterns,
    *review.urlpatterns,
    *items.urlpatterns,
    *views.urlpatterns,
    *figures.urlpatterns,
    *feeds.urlpatterns,
    *passing.urlpatterns,
    *summary.urlpatterns,
    *activities.urlpatterns,
    *portal.urlpatterns,
]
