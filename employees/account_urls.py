"""The account pages that are open: logging in and out. Accounts are made by an administrator."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path

urlpatterns = [
    path("login/", login_not_required(views.login), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
]
