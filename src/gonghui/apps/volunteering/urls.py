"""Addresses of volunteering."""

from . import portal
from .screens import needs, shifts

app_name = "volunteering"
urlpatterns = [*needs.urlpatterns, *shifts.urlpatterns, *portal.urlpatterns]
