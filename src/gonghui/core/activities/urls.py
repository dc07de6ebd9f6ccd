"""Addresses of activities, their lists and their series."""

from .screens import activities, clone, series

app_name = "activities"
urlpatterns = [
    *activities.urlpatterns,
    *clone.urlpatterns,
    *series.urlpatterns,
]
