"""Which address leads to which screen of what was issued."""

from . import screens

app_name = "communication"
urlpatterns = screens.urlpatterns
