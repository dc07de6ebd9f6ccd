"""Addresses of the door."""

from . import portal
from .screens import door, doors, phone

app_name = "attendance"
urlpatterns = [
    *door.urlpatterns,
    *doors.urlpatterns,
    *phone.urlpatterns,
    *portal.urlpatterns,
]
