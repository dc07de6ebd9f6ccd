"""Addresses of the door and of the record."""

from . import portal
from .screens import door, doors, phone, record

app_name = "attendance"
urlpatterns = [
    *door.urlpatterns,
    *doors.urlpatterns,
    *phone.urlpatterns,
    *record.urlpatterns,
    *portal.urlpatterns,
]
