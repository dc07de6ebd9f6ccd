"""Which address leads to which screen of bodies and posts."""

from django.urls import path

from .screens import committees, contacts, prospects, records, restructure, tree
from .screens.as_of import VersionScreens
from .screens.bodies import OrgScreens
from .screens.posts import PostScreens

app_name = "organisation"
urlpatterns = [
    path("", tree.tree, name="tree"),
    path("tree/<int:pk>/", tree.branch, name="branch"),
    *OrgScreens.urls(),
    *VersionScreens.urls(),
    *(
        path(f"org/<int:pk>/{step}/", restructure.restructure, {"step": step}, name=f"org-{step}")
        for step in restructure.STEPS
    ),
    path("org/<int:pk>/committee/", committees.found, name="org-committee"),
    path("org/<int:pk>/adjust/", committees.adjust, name="org-adjust"),
    path("org/<int:pk>/record/", records.edit_record, name="org-record"),
    path("org/<int:pk>/headcount/", records.add_headcount, name="org-headcount"),
    *PostScreens.urls(),
    *prospects.urlpatterns,
    *contacts.urlpatterns,
]
