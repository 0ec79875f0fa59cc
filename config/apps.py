"""The admin as an app, with our own site."""

from django.contrib.admin.apps import AdminConfig


class SanatAdminConfig(AdminConfig):
    """Django's admin under the rules of `admin_site`."""

    default_site = "config.admin_site.SanatAdminSite"
