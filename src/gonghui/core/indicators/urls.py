"""Which address leads to which figures."""

from django.urls import path

from .screens.closings import close, closing, closings
from .screens.one import one
from .screens.page import page
from .screens.person import person
from .screens.records import records

app_name = "indicators"
urlpatterns = [
    path("", page, name="page"),
    path("closed/", closings, name="closings"),
    path("closed/new/", close, name="close"),
    path("closed/<int:pk>/", closing, name="closing"),
    path("<str:indicator>/", one, name="one"),
    path("<str:indicator>/records/", records, name="records"),
    path("<str:indicator>/person/<int:pk>/", person, name="person"),
]
