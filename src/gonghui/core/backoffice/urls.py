"""Which address leads to which screen of roles, grants, history, standards and holidays."""

from django.urls import path

from . import holidays, standards
from .screens import EntryScreens, GrantScreens, RoleScreens

app_name = "backoffice"
urlpatterns = [
    *GrantScreens.urls(),
    *RoleScreens.urls(),
    *EntryScreens.urls(),
    path("standards/", standards.standards, name="standards"),
    path("standards/<slug:key>/", standards.standard_page, name="standard"),
    path("standards/<slug:key>/set/", standards.set_value, name="standard-set"),
    path("standards/<slug:key>/end/", standards.end_value, name="standard-end"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/enter/", holidays.enter_holidays, name="holidays-enter"),
]
