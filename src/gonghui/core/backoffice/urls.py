"""Which address leads to which screen of roles, grants and history."""

from .screens import EntryScreens, GrantScreens, RoleScreens

app_name = "backoffice"
urlpatterns = [*GrantScreens.urls(), *RoleScreens.urls(), *EntryScreens.urls()]
