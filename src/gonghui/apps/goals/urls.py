"""Addresses of goals and plans of growing."""

from . import portal, screens

app_name = "goals"
urlpatterns = [*screens.urlpatterns, *portal.urlpatterns]
