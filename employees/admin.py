"""Django's admin for system administrators: users with their rights, organisations and units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.templatetags import admin_list
from django.contrib.admin.widgets import SELECT2_TRANSLATIONS
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, SetUnusablePasswordMixin
from django.contrib.auth.models import Group
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from modeltranslation.admin import TranslationAdmin

from employees.models import Grant, Organisation, Unit, User

if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
    _UnitAdmin = admin.ModelAdmin[Unit]
    _GrantInline = admin.TabularInline[Grant, User]
else:
    _UserAdmin, _UnitAdmin, _GrantInline = UserAdmin, admin.ModelAdmin, admin.TabularInline

# Rights are grants here, and accounts are made by an administrator: neither groups nor addresses to confirm have a use.
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)
# What became of a job stands on its own page, in the reader's language; this one is in English alone.
admin.site.unregister(DBTaskResult)

_SIGNS = {True: ("yes", _("yes")), False: ("no", _("no")), None: ("unknown", _("unknown"))}


def _sign(value: bool | None) -> SafeString:
    """Draw a sign for yes or no; Django's own names it True or False in every language."""
    name, words = _SIGNS[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), words)


admin_list._boolean_icon = _sign  # type: ignore[attr-defined]
# The words of searched lists, which Django does not have in Kazakh, are among our static files.
SELECT2_TRANSLATIONS["kk"] = "kk"


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """Sets a password; what Django remarks below the choice is not translated, and is left out."""

    usable_password_help_text = SetUnusablePasswordMixin.usable_password_help_text  # type: ignore[assignment]


class GrantInline(_GrantInline):
    """The rights of a user."""

    model = Grant
    extra = 0
    autocomplete_fields = ("organisation", "unit")


@admin.register(User)
class SanatUserAdmin(_UserAdmin):
    """Users; what they see is said by their rights."""

    inlines = (GrantInline,)
    change_password_form = PasswordForm
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
