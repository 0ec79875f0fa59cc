"""The filters of the list of employees; the address holds them all, but never an IIN."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attestation.codes import DueStanding
from attestation.figures import DayTexts, FigureRow, Place
from attestation.forms import RosterForm
from attestation.list_columns import COLUMNS, VERDICT_SORTS, Column
from attestation.models import StatusCode
from attestation.search_selects import positions_like, units_like
from attestation.text_selectors import read_day_texts
from attestation.verdict_filters import (
    NONE,
    REASONS,
    VERDICT_CONDITIONS,
    WITHOUT,
    lapsed_condition,
    reason_key,
    reason_words,
    standing_at,
)
from employees.access import Ability, employees_for, may_anywhere
from employees.models import Employee, Organisation, User
from employees.names import folded
from employees.selectors import in_service
from positions.codes import Category, Level

#: So many digits may be a part of an IIN; they are searched for, but come into no address.
_PRIVATE = re.compile(r"[0-9]{7}")
_IIN = re.compile(r"[0-9]{12}")
#: The filters that rest on the verdict: of today they ask the stored one, of another day they are computed.
VERDICT_FILTERS = ("position", "without", "lapsed", *VERDICT_CONDITIONS)

DOUBTS = (
    ("any", _("anything unknown")),
    ("education", _("education document")),
    ("certificate", _("certificate")),
    ("experience", _("experience")),
    ("text", _("text in force")),
)


def _doubts() -> list[tuple[Any, Any]]:
    """Offer what can be unknown: by requirement, and below it by what exactly keeps it so."""
    groups = [
        (label, [(key, reason_words(key)) for key in map(reason_key, REASONS) if key.startswith(f"{requirement}-")])
        for requirement, label in DOUBTS[1:]
    ]
    return [*DOUBTS, *groups]


def _select(label: Any, choices: Any, empty: Any = None) -> Any:
    return django_filters.ChoiceFilter(
        method="passed",
        label=label,
        choices=choices,
        empty_label=empty or _("Any"),
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
        error_messages={"invalid_choice": _("There is no such choice here. The list is not narrowed by it.")},
    )


def _day(label: Any) -> Any:
    return django_filters.DateFilter(
        method="passed",
        label=label,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={
            "invalid": _("This is not a day. Write it as 2026-11-22 or 22.11.2026. The list is not narrowed by it.")
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control form-control-sm"}),
    )


class RosterFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which employees a list shows, in which order, with which columns."""

    q = django_filters.CharFilter(method="by_words", max_length=200)
    organisation = django_filters.ChoiceFilter(
        field_name="organisation__bin",
        empty_label=_("All organisations"),
        error_messages={
            "invalid_choice": _("You see no organisation with this number. The list shows all that you see.")
        },
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
    )
    unit = django_filters.CharFilter(method="by_unit", max_length=300)
    position = django_filters.CharFilter(method="passed", max_length=300)
    level = _select(_("Current level"), [*Level.choices, (NONE, _("no level"))])
    category = _select(_("Current category"), [*Category.choices, (NONE, _("no rung"))])
    without = _select(_("No rung, because"), WITHOUT)
    current = _select(_("Requirements of the current rung"), StatusCode.choices)
    status = _select(
        _("Requirements of the next rung"), [*StatusCode.choices, (NONE, pgettext_lazy("rung", "no next rung"))]
    )
    lapsed = _select(_("Category that has ended"), [("yes", _("ended, and none is in force"))])
    due = _select(_("Next attestation"), DueStanding.choices)
    doubts = _select(_("Missing or unknown"), _doubts)
    people = _select(_("People"), [("left", _("Dismissed"))], _("In service"))
    reachable_from = _day(_("Next rung reachable from"))
    reachable = _day(_("Next rung reachable until"))
    lapses_from = _day(_("Last day of the category from"))
    lapses = _day(_("Last day of the category until"))

    class Meta:
        model = Employee
        fields: list[str] = []
        form = RosterForm

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        user: User | AnonymousUser,
        organisations: list[Organisation],
        today: date,
        ability: Ability = Ability.SEE,
    ) -> None:
        super().__init__(data, queryset=employees_for(user, ability))
        self.user, self.organisations, self.today = user, organisations, today
        self.filters["organisation"].extra["choices"] = [(each.bin, each.display_name) for each in organisations]

    # ------------------------------------------------------------------------------------------------------- reading

    def chosen(self, name: str) -> Any:
        """Give what was chosen; None where nothing was, or where it cannot be read."""
        return self.form.chosen(name)

    @cached_property
    def on(self) -> date:
        """The day of the list."""
        return self.chosen("on") or self.today

    @property
    def is_of_today(self) -> bool:
        """Tell whether the stored verdicts answer."""
        return self.on == self.today

    @cached_property
    def sort(self) -> str:
        """The order of the list."""
        return self.chosen("sort") or "name"

    @property
    def asks_verdicts(self) -> bool:
        """Tell whether who is listed, or where, rests on the verdict."""
        return self.sort.removeprefix("-") in VERDICT_SORTS or any(self.chosen(name) for name in VERDICT_FILTERS)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether any filter but the day keeps somebody off the list."""
        return any(self.chosen(name) for name in self.filters)

    @property
    def more_filters(self) -> bool:
        """Tell whether a filter is chosen beside the words and the organisation."""
        return any(self.chosen(name) for name in self.filters if name not in ("q", "organisation"))

    @property
    def is_private(self) -> bool:
        """Tell whether the words may hold a part of an IIN, which comes into no address."""
        return _PRIVATE.search(re.sub(r"[\s-]", "", self.chosen("q") or "")) is not None

    @cached_property
    def offered_columns(self) -> list[Column]:
        """The columns this user may choose: IINs only where she may see some."""
        may_see = may_anywhere(self.user, Ability.SEE_IIN)
        return [column for column in COLUMNS if column.key != "iin" or may_see]

    @cached_property
    def _usual(self) -> set[str]:
        usual = {column.key for column in self.offered_columns if column.usual}
        return usual | {"organisation"} if len(self.organisations) > 1 else usual

    @cached_property
    def columns(self) -> list[Column]:
        """The columns shown: those chosen, else the usual ones."""
        wanted = set(self.chosen("columns") or ())
        shown = [column for column in self.offered_columns if column.key in wanted]
        return shown or [column for column in self.offered_columns if column.key in self._usual]

    @property
    def shown_keys(self) -> set[str]:
        """The keys of the columns shown."""
        return {column.key for column in self.columns}

    def query(self, **changes: Any) -> str:
        """Give the query of the address that shows this list again, or the same with changes."""
        names = ["q", "organisation", "on", *(name for name in self.filters if name not in ("q", "organisation"))]
        state = {name: self.chosen(name) for name in [*names, "sort", "columns"]} | changes
        needless = {
            "q": self.is_private,
            "on": self.is_of_today,
            "sort": state["sort"] == "name",
            "columns": self.shown_keys == self._usual,
        }
        state = {name: value for name, value in state.items() if value and not needless.get(name)}
        return urlencode(state, doseq=True)

    @property
    def page_query(self) -> str:
        """The same for the links between pages, ready for the page's number."""
        query = self.query()
        return f"{query}&" if query else ""

    @property
    def selects(self) -> list[forms.BoundField]:
        """The fields with a few fixed choices."""
        names = ("level", "category", "without", "current", "status", "lapsed", "due", "doubts", "people")
        return [self.form[name] for name in names]

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields for a day."""
        return [self.form[name] for name in ("reachable_from", "reachable", "lapses_from", "lapses")]

    @property
    def asks_attestation(self) -> bool:
        """Tell whether it matters where people stand with the next attestation."""
        return bool(self.chosen("due")) or "attestation" in self.shown_keys

    # ----------------------------------------------------------------------------------------------------- filtering

    def filter_queryset(self, queryset: QuerySet[Employee]) -> QuerySet[Employee]:
        """Narrow by every filter that can be read; verdicts only where the stored ones are those of the day."""
        if self.chosen("people"):
            queryset = queryset.filter(employed_until__lte=self.on)
        else:
            queryset = in_service(queryset, self.on)
        for name, each in self.filters.items():
            queryset = each.filter(queryset, self.chosen(name))
        return self._by_stored_verdicts(queryset) if self.is_of_today else queryset

    def _by_stored_verdicts(self, queryset: QuerySet[Employee]) -> QuerySet[Employee]:
        if self.chosen("position"):
            queryset = queryset.filter(
                Q(verdict__position__in=self.positions) | Q(verdict__position="", position__code__in=self.positions)
            )
        if self.chosen("without"):
            queryset = standing_at(queryset, self.chosen("without"), self.texts)
        if self.chosen("lapsed"):
            queryset = queryset.filter(lapsed_condition(self.texts, on=self.on))
        for name, condition in VERDICT_CONDITIONS.items():
            if self.chosen(name):
                queryset = condition.stored(queryset, self.chosen(name))
        return queryset

    def passed(self, queryset: QuerySet[Employee], name: str, value: Any) -> QuerySet[Employee]:
        """Leave to others what rests on the verdict or on the day."""
        return queryset

    def by_words(self, queryset: QuerySet[Employee], name: str, value: str) -> QuerySet[Employee]:
        """Keep whom every word names: a part of a name or of the personnel number; twelve digits are an IIN too."""
        joined = re.sub(r"[\s-]", "", value)
        if _IIN.fullmatch(joined):
            entitled = employees_for(self.user, Ability.SEE_IIN).filter(iin=joined)
            return queryset.filter(Q(search_text__contains=joined) | Q(pk__in=entitled.values("pk")))
        for word in folded(value).split():
            queryset = queryset.filter(search_text__contains=word)
        return queryset

    def by_unit(self, queryset: QuerySet[Employee], name: str, value: str) -> QuerySet[Employee]:
        """Keep the people of the units so named, and of the units below them."""
        return queryset.filter(unit__in=units_like(value, organisations=self.organisations))

    @cached_property
    def positions(self) -> set[str]:
        """The codes of the positions asked for (1 query)."""
        return positions_like(self.chosen("position") or "")

    @cached_property
    def texts(self) -> DayTexts:
        """What the texts of the day say of whole positions (2 queries)."""
        return read_day_texts(on=self.on)

    def fits(self, row: FigureRow, position: str) -> bool:
        """Tell of a verdict computed for another day what the filters above ask the stored ones.

        Whoever held no post on the day has none; her present position can be asked for all the same.
        """
        if self.chosen("position") and position not in self.positions:
            return False
        if self.chosen("without") and row.place != self.chosen("without"):
            return False
        asked = {name: self.chosen(name) for name in VERDICT_CONDITIONS if self.chosen(name)}
        if row.place is Place.NO_POST:
            return not asked and not self.chosen("lapsed")
        if self.chosen("lapsed") and not row.lapsed:
            return False
        return all(VERDICT_CONDITIONS[name].fits(row, value) for name, value in asked.items())
