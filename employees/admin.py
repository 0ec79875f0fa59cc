"""Django's admin for system administrators: users with their rights, organisations and units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from employees.models import Grant, Organisation, Unit, User

if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
    _UnitAdmin = admin.ModelAdmin[Unit]
    _GrantInline = admin.TabularInline[Grant, User]
else:
    _UserAdmin, _UnitAdmin, _GrantInline = UserAdmin, admin.ModelAdmin, admin.TabularInline

admin.site.site_header = admin.site.site_title = _("Sanat: administration")
admin.site.index_title = _("Administration")

# Rights are grants here, and accounts are made by an administrator: neither groups nor addresses to confirm have a use.
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)


class GrantInline(_GrantInline):
    """The rights of a user."""

    model = Grant
    extra = 0
    autocomplete_fields = ("organisation", "unit")


@admin.register(User)
class SanatUserAdmin(_UserAdmin):
    """Users; what they see is said by their rights."""

    inlines = (GrantInline,)
    list_display = ("username", "last_name", "first_name", "is_active", "is_superuser")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("last_name", "first_name", "email", "language")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )


@admin.register(Organisation)
class OrganisationAdmin(TranslationAdmin):  # type: ignore[type-arg]
    """Organisations."""

    list_display = ("bin", "name", "sphere")
    search_fields = ("bin", "name_kk", "name_ru")


@admin.register(Unit)
class UnitAdmin(_UnitAdmin):
    """Structural units."""

    list_display = ("name", "organisation", "parent")
    list_select_related = ("organisation", "parent")
    search_fields = ("name",)
    autocomplete_fields = ("organisation", "parent")
