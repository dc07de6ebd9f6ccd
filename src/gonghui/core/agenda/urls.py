"""Addresses of calendars on a page."""

from .screens import calendar, mine

app_name = "agenda"
urlpatterns = [*calendar.urlpatterns, *mine.urlpatterns]
