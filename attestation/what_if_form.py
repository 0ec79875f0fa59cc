"""What may be supposed of a person, read from an address.

The address holds the whole supposition as codes and days and nothing else, so that it can be sent to somebody with the
same rights. What is wrong is said beside its field, and stays written there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attestation.succession import position_choices
from attestation.suppositions import Supposition, Transfer, suppose
from attestation.what_if import Case, edition_words
from employees import checking
from employees.form_fields import NEEDED, UNKNOWN
from employees.forms import day_field, line_of
from employees.periods import after
from employees.services.employment import TooEarlyError
from employees.workbook import SHEET_BY_NAME
from positions import rules
from positions.codes import Category, CertificateKind, EducationLevel, Field, Level, Speciality

_RECOGNISED, _UNRECOGNISED = "recognised", "unrecognised"
_ABROAD = (
    (_RECOGNISED, gettext_lazy("Abroad; recognised, or no recognition is needed")),
    (_UNRECOGNISED, gettext_lazy("Abroad; not recognised")),
)
_WIDE = ("edition", "transfer_position", "diploma_fields")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One thing that may be supposed: its fields, and those it cannot do without. Its day alone supposes nothing."""

    name: str
    title: Promise
    fields: tuple[str, ...]
    needed: tuple[str, ...]

    @property
    def day(self) -> str:
        """The field of the day from which it holds."""
        return f"{self.name}_on"


GROUPS = (
    Group(
        name="transfer",
        title=gettext_lazy("A transfer to another post"),
        fields=("transfer_position", "transfer_level", "transfer_on"),
        needed=("transfer_position", "transfer_on"),
    ),
    Group(
        name="diploma",
        title=gettext_lazy("A further education document"),
        fields=("diploma_level", "diploma_fields", "diploma_speciality", "diploma_on", "diploma_abroad"),
        needed=("diploma_level", "diploma_on"),
    ),
    Group(
        name="certificate",
        title=gettext_lazy("A further certificate"),
        fields=("certificate_kind", "certificate_on", "certificate_until"),
        needed=("certificate_kind", "certificate_on"),
    ),
    Group(
        name="award",
        title=gettext_lazy("A category awarded"),
        fields=("award_level", "award_category", "award_on"),
        needed=("award_level", "award_category", "award_on"),
    ),
)
_TRANSFER = GROUPS[0]


class Folded(Div):  # type: ignore[misc]
    """A group of fields, open where something is supposed or wrong."""

    template = "whatif/group.html"

    def __init__(self, *fields: Any, title: Promise, supposed: bool, opened: bool) -> None:
        super().__init__(*fields)
        self.title, self.supposed, self.opened = title, supposed, opened


def _choice(label: Any, choices: Any, empty: Any = "—") -> forms.ChoiceField:
    named = [(value, f"{words[:1].upper()}{words[1:]}") for value, words in ((v, str(w)) for v, w in choices)]
    return forms.ChoiceField(
        label=label, required=False, choices=[("", empty), *named], error_messages={"invalid_choice": UNKNOWN}
    )


def _label(sheet: str, column: str) -> Any:
    return SHEET_BY_NAME[sheet].column(column).label


class WhatIfForm(forms.Form):
    """A supposition as an address tells it."""

    def __init__(self, data: QueryDict, *, case: Case) -> None:
        self.case = case
        super().__init__(data.copy())
        self.fields |= {"on": day_field(label=gettext_lazy("Judge as of"), required=False)}
        self.fields["on"].help_text = gettext_lazy("Empty: today.")
        self.on = self._day("on") or case.today
        for group in GROUPS:
            # A day that the address does not name is the day of the verdict.
            self.data.setdefault(group.day, self.on.isoformat())  # type: ignore[attr-defined]
        self.fields |= {
            "edition": _choice(gettext_lazy("Judge by the text"), self._editions(), _("The text in force on the day")),
            **self._transfer(),
            **self._diploma(),
            **self._certificate(),
            **self._award(),
        }

    # -------------------------------------------------------------------------------------------------------- fields

    def _day(self, name: str) -> date | None:
        try:
            found: date | None = self.fields["on"].clean(self.data.get(name))
        except forms.ValidationError:
            return None
        return found

    def _editions(self) -> list[tuple[str, str]]:
        """Offer the texts of the position that is judged, of those it continues or that continue it, and the asked."""
        asked, norms = self.data.get("edition", ""), self.case.norms
        code = self.data.get("transfer_position", "")
        family = norms.family(code if code in norms.positions else self._held().position or self.case.present)
        return [
            (edition_key(edition), edition_words(edition))
            for norm in norms.positions.values()
            for edition in norm.editions
            if norm.code in family or edition_key(edition) == asked
        ]

    def _transfer(self) -> dict[str, forms.Field]:
        asked = self.data.get("transfer_position", "")
        positions = position_choices(self.case.positions.values(), self.case.norms, on=self.on, asked=asked)
        position = forms.ChoiceField(
            label=gettext_lazy("Position"),
            required=False,
            choices=[("", "—"), *positions],
            error_messages={"invalid_choice": UNKNOWN},
        )
        return {
            "transfer_position": position,
            "transfer_level": _choice(_label("employees", "level"), Level.choices, _("No level is stated")),
            "transfer_on": day_field(label=gettext_lazy("First day in the new post"), required=False),
        }

    def _diploma(self) -> dict[str, forms.Field]:
        return {
            "diploma_level": _choice(_label("education", "level"), EducationLevel.choices),
            "diploma_fields": forms.MultipleChoiceField(
                label=_label("education", "fields"),
                required=False,
                choices=Field.choices,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": UNKNOWN},
            ),
            "diploma_speciality": _choice(_label("education", "speciality_code"), Speciality.choices),
            "diploma_on": day_field(label=_label("education", "graduated_on"), required=False),
            "diploma_abroad": _choice(gettext_lazy("Issued"), _ABROAD, _("In Kazakhstan")),
        }

    def _certificate(self) -> dict[str, forms.Field]:
        return {
            "certificate_kind": _choice(_label("certificates", "kind"), CertificateKind.choices),
            "certificate_on": day_field(label=_label("certificates", "issued_on"), required=False),
            "certificate_until": day_field(label=_label("certificates", "valid_until"), required=False),
        }

    def _award(self) -> dict[str, forms.Field]:
        awarded = [(value, label) for value, label in Category.choices if value != Category.NONE]
        return {
            "award_level": _choice(_label("categories", "level"), Level.choices),
            "award_category": _choice(_label("categories", "category"), awarded),
            "award_on": day_field(label=_label("categories", "awarded_on"), required=False),
        }

    # ------------------------------------------------------------------------------------------------------ checking

    def clean(self) -> dict[str, Any]:
        """Ask for what a begun group lacks, and check by the same rules as the records themselves."""
        cleaned: dict[str, Any] = super().clean() or {}
        for group in GROUPS:
            for name in group.needed if self.begun(group) else ():
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, NEEDED)
        self._check_transfer(cleaned)
        self._check("certificates", {"kind": "kind", "issued_on": "on", "valid_until": "until"}, "certificate")
        self._check("categories", {"level": "level", "category": "category", "awarded_on": "on"}, "award")
        edition = self.edition
        if edition is not None and edition.position not in self.case.norms.family(self.judged):
            self.add_error("edition", _("This is not a text of the position that is judged. Choose one of the list."))
        return cleaned

    def _check_transfer(self, cleaned: dict[str, Any]) -> None:
        self._check("employees", {"position": "position", "level": "level"}, "transfer")
        service, day = self.case.facts.service, cleaned.get("transfer_on")
        if day is None or not self.begun(_TRANSFER):
            return
        if day < service.start:
            self.add_error("transfer_on", str(TooEarlyError(service.start)))
        elif service.end is not None and day >= service.end:
            self.add_error("transfer_on", _("The employee is no longer in service on this day."))

    def _check(self, sheet: str, columns: dict[str, str], group: str) -> None:
        """Check the values of a group as a row of a sheet."""
        begun = next(self.begun(each) for each in GROUPS if each.name == group)
        if not begun:
            return
        values = {column: self.cleaned_data.get(f"{group}_{name}") for column, name in columns.items()}
        positions, ladders = self.case.positions, self.case.ladders
        if sheet == "employees":
            problems = checking.employee(line_of(SHEET_BY_NAME[sheet], values), positions, ladders)
        else:
            values |= {"position": self.judged} if sheet == "categories" else {}
            problems = checking.record(sheet, line_of(SHEET_BY_NAME[sheet], values), positions, ladders)
        for problem in problems:
            self.add_error(f"{group}_{columns[problem.column or '']}", problem.reason)

    def begun(self, group: Group) -> bool:
        """Tell whether anything of a group is written beside its day."""
        return any(self.data.getlist(name) not in ([], [""]) for name in group.fields if name != group.day)  # type: ignore[attr-defined]

    def whole(self, group: Group) -> bool:
        """Tell whether a group was written and can be read."""
        return self.begun(group) and not any(name in self.errors for name in group.fields)

    # -------------------------------------------------------------------------------------------------------- result

    def _held(self) -> rules.Work:
        """Give the post that is recorded for the day, else the present one."""
        facts = self.case.facts
        return facts.known_on(self.on).post(self.on) or next(work for work in facts.work if work.present)

    @property
    def judged(self) -> str:
        """The position that is judged on the day: a category is supposed for it, and a text must be its own."""
        supposed = suppose(self.case.facts, Supposition(transfer=self.transfer))
        post = supposed.known_on(self.on).post(self.on)
        return (post.position if post else None) or self.case.present

    @property
    def edition(self) -> rules.Edition | None:
        """The text that was chosen."""
        asked = self.cleaned_data.get("edition")
        every = (edition for norm in self.case.norms.positions.values() for edition in norm.editions)
        return next((edition for edition in every if edition_key(edition) == asked), None) if asked else None

    @property
    def transfer(self) -> Transfer | None:
        """The transfer that is supposed."""
        if not self.whole(_TRANSFER):
            return None
        told = self.cleaned_data
        position = self.case.positions[told["transfer_position"]]
        level = rules.Level(told["transfer_level"]) if told["transfer_level"] else None
        return Transfer(position=position.code, level=level, on=told["transfer_on"], title=position.title_kk or "")  # type: ignore[attr-defined]

    def supposition(self) -> Supposition:
        """Give what is supposed, without what cannot be read."""
        whole = {group.name for group in GROUPS if self.whole(group)}
        told = self.cleaned_data
        return Supposition(
            on=told.get("on"),
            edition=None if "edition" in self.errors else self.edition,
            transfer=self.transfer,
            diploma=_diploma_of(told) if "diploma" in whole else None,
            certificate=_certificate_of(told) if "certificate" in whole else None,
            award=_award_of(told, self.judged) if "award" in whole else None,
        )

    def query(self) -> str:
        """Give the query that holds the supposition, and nothing that supposes nothing."""
        return urlencode(list(self._told()), safe="/@")

    def _told(self) -> Iterator[tuple[str, str]]:
        names = ["on", "edition", *(name for group in GROUPS if self.whole(group) for name in group.fields)]
        for name in names:
            value = self.cleaned_data.get(name) if name not in self.errors else None
            for each in value if isinstance(value, list) else [value]:
                if each:
                    yield name, each.isoformat() if isinstance(each, date) else each

    # -------------------------------------------------------------------------------------------------------- layout

    @property
    def helper(self) -> FormHelper:
        """The layout: the day and the text, then what may be supposed, folded where nothing is."""
        parts = [
            Folded(
                *map(self._part, group.fields),
                title=group.title,
                supposed=self.whole(group),
                opened=self.begun(group) or any(name in self.errors for name in group.fields),
            )
            for group in GROUPS
        ]
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(Div(*map(self._part, ("on", "edition")), css_class="record-fields"), *parts)
        return helper

    def _part(self, name: str) -> Div:
        return Div(name, css_class="wide" if name in _WIDE else "")


def edition_key(edition: rules.Edition) -> str:
    """Name a text in an address: its position and its first day."""
    return f"{edition.position}@{edition.valid_from.isoformat()}"


def _diploma_of(told: dict[str, Any]) -> rules.Diploma:
    return rules.Diploma(
        level=told["diploma_level"],
        graduated_on=told["diploma_on"],
        fields=tuple(told["diploma_fields"]),
        speciality_code=told["diploma_speciality"],
        foreign=bool(told["diploma_abroad"]),
        recognised=told["diploma_abroad"] == _RECOGNISED,
    )


def _certificate_of(told: dict[str, Any]) -> rules.Certificate:
    return rules.Certificate(
        kind=told["certificate_kind"],
        issued_on=told["certificate_on"],
        valid_until=after(told["certificate_until"]),
    )


def _award_of(told: dict[str, Any], position: str) -> rules.Award:
    return rules.Award(
        position=position,
        level=rules.Level(told["award_level"]),
        category=rules.Category(told["award_category"]),
        awarded_on=told["award_on"],
    )
