"""Which address leads to which screen of the register of hardship."""

from . import screens

app_name = "care"
urlpatterns = screens.urlpatterns
