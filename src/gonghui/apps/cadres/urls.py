"""Which address leads to which screen of rules and cadres."""

from django.urls import path

from . import screens

app_name = "cadres"
urlpatterns = [
    *screens.RegulationScreens.urls(),
    path("regulation/<int:pk>/version/", screens.version, name="regulation-version"),
    path("regulation/<int:pk>/repeal/", screens.repeal, name="regulation-repeal"),
    *screens.EntitlementScreens.urls(),
    *screens.RatingScreens.urls(),
    *screens.OfficeTimeScreens.urls(),
    path("three-ones/", screens.three_ones, name="three-ones"),
]
