"""Which address leads to which screen of bodies and people."""

from django.urls import path
from django.views.generic import RedirectView

from .screens import restructure, tree
from .screens.bodies import OrgScreens
from .screens.people import PersonScreens, PostScreens, account_of, transfer

app_name = "organisation"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="organisation:tree"), name="home"),
    path("tree/", tree.tree, name="tree"),
    path("tree/<int:pk>/", tree.branch, name="branch"),
    *OrgScreens.urls(),
    *(
        path(f"org/<int:pk>/{step}/", restructure.restructure, {"step": step}, name=f"org-{step}")
        for step in restructure.STEPS
    ),
    *PersonScreens.urls(),
    path("person/<int:pk>/transfer/", transfer, name="person-transfer"),
    path("person/<int:pk>/account/", account_of, name="person-account"),
    *PostScreens.urls(),
]
