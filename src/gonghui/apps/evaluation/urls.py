"""Which address leads to which screen of evaluation."""

from django.urls import path

from . import screens

app_name = "evaluation"
urlpatterns = [
    *screens.SchemeScreens.urls(),
    path("scheme/<int:pk>/item/", screens.criterion_new, name="criterion-new"),
    path("scheme/<int:pk>/bands/", screens.bands, name="bands"),
    path("scheme/<int:pk>/version/", screens.version, name="version"),
    path("scheme/<int:pk>/trial/", screens.trial, name="trial"),
    path("item/<int:pk>/", screens.criterion, name="criterion"),
    path("item/<int:pk>/drop/", screens.criterion_drop, name="criterion-drop"),
]
