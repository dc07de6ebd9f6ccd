"""Addresses of what activities left."""

from . import portal
from .screens import credits, record

app_name = "records"
urlpatterns = [*record.urlpatterns, *credits.urlpatterns, *portal.urlpatterns]
