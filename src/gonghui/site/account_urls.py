"""The addresses of one's own account, under the names allauth expects; nobody signs up here."""

from allauth.account import views
from django.urls import path

from gonghui.core.backoffice.account import AccountView, end_session

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("password/", views.password_change, name="account_change_password"),
    path("", AccountView.as_view(), name="usersessions_list"),
    path("sessions/<int:pk>/end/", end_session, name="end_session"),
]
