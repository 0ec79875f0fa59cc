"""What people write on the pages of organisations, users and invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from employees.codes import Role
from employees.models import User
from employees.units import Where
from positions.codes import Sphere


class OrganisationForm(forms.Form):
    """The names and the sphere of an organisation."""

    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=1000)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=1000, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=1000, required=False)
    sphere = forms.ChoiceField(
        label=_("Sphere"),
        choices=Sphere.choices,
        help_text=_("The sphere counts for the present posts of all employees: their verdicts follow a change."),
    )


class UnitForm(forms.Form):
    """A unit: its name and where it stands."""

    name = forms.CharField(label=pgettext_lazy("unit", "Name"), max_length=300)
    parent = forms.TypedChoiceField(label=_("Part of"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("The organisation itself")), *units]  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """A right: a role and where it lies."""

    role = forms.TypedChoiceField(label=_("Role"), coerce=Role)
    where = forms.ChoiceField(label=_("Where"), help_text=_("A right in a unit covers the units below it."), initial="")

    def __init__(self, *args: Any, places: list[Where], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = ("", _("Choose"))
        self.fields["role"].choices = [nothing, *Role.choices]  # type: ignore[attr-defined]
        self.fields["where"].choices = [nothing, *places]  # type: ignore[attr-defined]


class InvitationForm(GrantForm):
    """An invitation."""

    field_order = ["username", "email", "role", "where", "language"]

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Letters, digits and @ . + - _ only; the invited person logs in with it."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("With an address the link is mailed as well as shown.")
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)


class PasswordForm(forms.Form):
    """A password for a new account, twice."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = password_validators_help_text_html()

    def clean_password(self) -> str:
        """Hold the password against the rules, the user name known."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password

    def clean(self) -> None:
        """See that both are the same."""
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ. Write the same password twice."))
