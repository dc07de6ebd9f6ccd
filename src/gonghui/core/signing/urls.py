"""Addresses of places, of those who come, and of the member's pages."""

from . import portal
from .screens import inviting, people, places, swapping, teams

app_name = "signing"
urlpatterns = [
    *people.urlpatterns,
    *swapping.urlpatterns,
    *places.urlpatterns,
    *inviting.urlpatterns,
    *teams.urlpatterns,
    *portal.urlpatterns,
]
