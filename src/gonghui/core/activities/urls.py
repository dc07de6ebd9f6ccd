"""Addresses of activities, their lists and their calendar."""

from .screens import activities, calendar, clone, series

app_name = "activities"
urlpatterns = [
    *activities.urlpatterns,
    *calendar.urlpatterns,
    *clone.urlpatterns,
    *series.urlpatterns,
]
