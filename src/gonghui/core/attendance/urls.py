"""Addresses of the door."""

from . import portal
from .screens import door, doors, notice, phone

app_name = "attendance"
urlpatterns = [
    *door.urlpatterns,
    *doors.urlpatterns,
    *notice.urlpatterns,
    *phone.urlpatterns,
    *portal.urlpatterns,
]
