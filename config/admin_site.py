"""The admin: for system administrators, and for whoever may do something with one of its models."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

View = Callable[..., Any]


class SanatAdminSite(AdminSite):
    """The admin with the log-in of the product; each visitor finds there what her permissions name."""

    site_header = site_title = _("Sanat: administration")
    index_title = _("Administration")
    #: A line of links on top leaves the lists their width.
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in administrators, and those with a permission in one of the apps."""
        user = request.user
        apps = sorted({model._meta.app_label for model in self._registry})
        return user.is_active and (user.is_staff or any(user.has_module_perms(app) for app in apps))

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        """Refuse at once whoever is logged in and has no business here."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the log-in of the product: there is one for everybody."""
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index", current_app=self.name)
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")
