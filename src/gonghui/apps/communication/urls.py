"""Which address leads to which screen of what was issued."""

from . import portal, screens

app_name = "communication"
urlpatterns = [*screens.urlpatterns, *portal.urlpatterns]
