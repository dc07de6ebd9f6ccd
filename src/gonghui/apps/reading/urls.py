"""Addresses of bookrooms."""

from . import portal
from .screens import books, circles, desk, rooms

app_name = "reading"
urlpatterns = [
    *rooms.urlpatterns,
    *books.urlpatterns,
    *desk.urlpatterns,
    *circles.urlpatterns,
    *portal.urlpatterns,
]
