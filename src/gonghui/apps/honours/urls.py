"""Which address leads to which screen of honours."""

from .screens import HonourScreens

app_name = "honours"
urlpatterns = [*HonourScreens.urls()]
