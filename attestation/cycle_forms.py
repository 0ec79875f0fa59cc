"""Forms of an attestation cycle: opening it, its commission, its sittings, its order and its end."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attestation.codes import CommissionRole
from attestation.cycle_services import Told
from attestation.models import CommissionMember, Cycle, Regime, Sitting
from employees.form_fields import NEEDED
from employees.forms import day_field
from employees.models import Employee, Organisation, User

_TOO_LONG = gettext_lazy("The text is longer than %(limit_value)d characters.")
_CHOOSE = gettext_lazy("Choose one of the values of the list.")
_NOT_A_NUMBER = gettext_lazy("Load the page again: its version cannot be read.")


def text_field(label: Any, *, most: int, required: bool = True, **told: Any) -> forms.CharField:
    """Make a field for a text of so many characters at most; nothing typed is cut."""
    errors = {"required": NEEDED, "max_length": _TOO_LONG}
    field = forms.CharField(label=label, max_length=most, required=required, error_messages=errors, **told)
    field.widget.attrs.pop("maxlength", None)
    return field


def words_field(label: Any, *, required: bool = True, rows: int = 3, most: int = 5000) -> forms.CharField:
    """Make a field for a text of several lines."""
    return text_field(label, most=most, required=required, widget=forms.Textarea(attrs={"rows": rows}))


class Versioned(forms.Form):
    """A form that knows which version of a thing its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": _NOT_A_NUMBER})


class CycleForm(Versioned):
    """Title and first day of a cycle."""

    title = text_field(gettext_lazy("Title"), most=200)
    starts_on = day_field(label=gettext_lazy("First day of the attestation"))

    def __init__(self, *args: Any, cycle: Cycle | None = None, starts_on_help: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].help_text = starts_on_help
        if cycle is not None:
            told = {"title": cycle.title, "starts_on": cycle.starts_on, "version": cycle.version}
            self.initial = {**told, **self.initial}


class NewCycleForm(CycleForm):
    """A new cycle of an organisation, by one of the rule-sets that it may follow."""

    regime = forms.ChoiceField(
        label=gettext_lazy("Rule-set"), error_messages={"required": NEEDED, "invalid_choice": _CHOOSE}
    )
    field_order = ("regime", "title", "starts_on")

    def __init__(self, *args: Any, regimes: Sequence[Regime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.regimes = {str(row.pk): row for row in regimes}
        field: Any = self.fields["regime"]
        field.choices = [("", "—"), *((key, _regime_label(row)) for key, row in self.regimes.items())]

    def chosen(self) -> Regime:
        """Give the rule-set that was chosen."""
        return self.regimes[self.cleaned_data["regime"]]


def _regime_label(row: Regime) -> str:
    """Name a rule-set; a variant with its organisation, one of several editions with its first day."""
    return f"{row.title} – {_('own variant')}" if row.organisation_id else row.title


class SittingForm(Versioned):
    """A sitting that is planned or changed."""

    held_on = day_field(label=gettext_lazy("Day"))
    starts_at = forms.TimeField(
        label=gettext_lazy("Hour"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("An hour is needed here, as 14:30.")},
    )
    place = text_field(gettext_lazy("Place"), most=300, required=False)
    recording = text_field(gettext_lazy("Where the recording is kept"), most=300, required=False)

    def __init__(self, *args: Any, sitting: Sitting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sitting is None:
            del self.fields["recording"]
        else:
            names = ("held_on", "starts_at", "place", "recording", "version")
            self.initial = {**{name: getattr(sitting, name) for name in names}, **self.initial}

    def told(self) -> dict[str, Any]:
        """Give what was typed, as the services take it."""
        return dict(self.cleaned_data)


class OrderForm(Versioned):
    """The order of the head; it gets its number when it is registered."""

    order_on = day_field(label=gettext_lazy("Day of the order"))


class CloseForm(Versioned):
    """The order on the results."""

    results_order_on = day_field(label=gettext_lazy("Day of the order on the results"))


class CancelForm(Versioned):
    """Why a cycle is cancelled."""

    reason = words_field(gettext_lazy("Why it is cancelled"), most=2000)


class EmployeeField(forms.CharField):
    """An employee of the organisation, found by typing: the list writes the personnel number and the name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"required": NEEDED}, **kwargs)
        self.known: Mapping[str, Employee] = {}
        self.widget.attrs |= {"list": "known-employees", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """Write the number and the name."""
        return employee_label(value) if isinstance(value, Employee) else value

    def clean(self, value: Any) -> Employee | None:
        """Find the employee by her number, or by a name that one alone has; None where nothing was typed."""
        text = " ".join(str(super().clean(value)).split())
        if not text:
            return None
        found = self.known.get(text.split(" ", 1)[0])
        if found is not None:
            return found
        named = [each for each in self.known.values() if text.casefold() == each.full_name.casefold()]
        if len(named) == 1:
            return named[0]
        raise ValidationError(
            gettext_lazy(
                "There is no such employee here. Type the personnel number or the name, and choose from the list."
            )
        )


def employee_label(employee: Employee) -> str:
    """Write an employee as the list of choices does."""
    return f"{employee.personnel_number} {employee.full_name}"


class AddForm(Versioned):
    """Somebody who is put into the list by hand."""

    employee = EmployeeField(label=gettext_lazy("Employee"))
    applied_on = day_field(
        label=gettext_lazy("Day of the application"),
        required=False,
        help_text=gettext_lazy("Needed where the attestation is not due yet."),
    )

    def __init__(self, *args: Any, employees: Collection[Employee], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field: Any = self.fields["employee"]
        field.known = {each.personnel_number: each for each in employees}

    def clean_applied_on(self) -> date | None:
        """Refuse a day that has not come."""
        return not_ahead(self.cleaned_data["applied_on"], self.today)


def not_ahead(day: date | None, today: date) -> date | None:
    """Refuse a day on which nothing can have happened yet."""
    if day is not None and day > today:
        raise ValidationError(_("This day is still to come. Enter the day on which it happened."))
    return day


class MemberForm(forms.Form):
    """A line of the commission; an empty one is passed over."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=CommissionRole.choices,
        initial=CommissionRole.MEMBER,
        error_messages={"required": NEEDED, "invalid_choice": _CHOOSE},
    )
    employee = EmployeeField(label=gettext_lazy("Employee"), required=False)
    name = text_field(gettext_lazy("Name"), most=300, required=False)
    post = text_field(gettext_lazy("Post"), most=300, required=False)
    represents_employees = forms.BooleanField(label=gettext_lazy("Representative of the employees"), required=False)
    user = forms.ChoiceField(label=gettext_lazy("Account"), required=False, error_messages={"invalid_choice": _CHOOSE})
    #: Taking a line out keeps what was typed until it is saved.
    out = forms.BooleanField(label=gettext_lazy("Take out"), required=False)

    def __init__(self, *args: Any, employees: Mapping[str, Employee], users: Mapping[str, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employee: Any = self.fields["employee"]
        employee.known = employees
        self.users = users
        field: Any = self.fields["user"]
        field.choices = [("", "—"), *((key, user_label(user)) for key, user in users.items())]

    def clean(self) -> None:
        """Take name and post of an employee where they were not typed; refuse a line without anybody."""
        told = self.cleaned_data
        employee = told.get("employee")
        if employee is not None:
            told["name"] = told.get("name") or employee.full_name
            told["post"] = told.get("post") or employee.position.title or employee.position.title_kk
        if not told.get("name") and "employee" not in self.errors and "name" not in self.errors and not told.get("out"):
            self.add_error("name", gettext_lazy("Enter the name, or choose an employee."))

    def told(self) -> Told:
        """Give the member as the service takes her."""
        told = self.cleaned_data
        return Told(
            pk=told.get("pk"),
            role=told["role"],
            name=told["name"],
            post=told["post"],
            represents_employees=told["represents_employees"],
            user=self.users.get(told["user"]),
            employee=told["employee"],
        )


def user_label(user: User) -> str:
    """Name an account: the person's name where there is one, else the user name."""
    return user.get_full_name() or user.get_username()


_Members = formset_factory(MemberForm, extra=0, max_num=60, absolute_max=80)


def members_formset(
    data: Mapping[str, Any] | None,
    *,
    members: Sequence[CommissionMember],
    employees: Collection[Employee],
    users: Sequence[User],
    blank: int,
) -> BaseFormSet[MemberForm]:
    """Make the form of a commission: its members as they are, and so many blank lines."""
    initial = [
        {
            "pk": member.pk,
            "role": member.role,
            "name": member.name,
            "post": member.post,
            "represents_employees": member.represents_employees,
            "user": str(member.user_id or ""),
            "employee": member.employee,
        }
        for member in members
    ]
    known = {each.personnel_number: each for each in employees}
    choices = {str(user.pk): user for user in users}
    formset = _Members(data, initial=initial, prefix="member", form_kwargs={"employees": known, "users": choices})
    formset.extra = blank
    return formset


def told_members(formset: BaseFormSet[MemberForm]) -> list[Told]:
    """Give the members that were told, without blank lines and without those taken out."""
    lines = [form for form in formset.forms if form.initial or form.has_changed()]
    return [form.told() for form in lines if not form.cleaned_data.get("out")]


class OrganisationForm(forms.Form):
    """For which organisation a cycle is opened, where there are several."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"))

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.choices = [(each.bin, each.display_name) for each in organisations]
