"""Which address leads to which screen of titles."""

from . import screens

app_name = "titles"
urlpatterns = screens.urlpatterns
