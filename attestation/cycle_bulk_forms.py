"""What is told once for many people of a cycle, and whom somebody chose."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attestation.codes import ProofKind
from attestation.cycle_board import Line, seen_words, sitting_words
from attestation.cycle_bulk import Bulk
from attestation.cycle_forms import not_ahead, words_field
from attestation.models import Sitting
from employees.form_fields import NEEDED
from employees.forms import day_field

_CHOOSE = gettext_lazy("Choose one of the values of the list.")


class BulkForm(forms.Form):
    """What is told once for many; its fields carry the name of the action, since a page holds several of them."""

    #: What the action is called, and its button.
    title: Any = ""

    def __init__(self, data: QueryDict | None, *, prefix: str, today: date, sittings: Sequence[Sitting]) -> None:
        super().__init__(data, prefix=prefix)
        self.today, self.sittings = today, {str(each.pk): each for each in sittings}
        if "day" in self.fields:
            self.initial = {"day": today, **self.initial}

    def clean_day(self) -> date | None:
        """Refuse a day that has not come."""
        return not_ahead(self.cleaned_data["day"], self.today)


class ExcludeForm(BulkForm):
    """Leaving people out of the list."""

    title = gettext_lazy("Leave out of the list")
    reason = words_field(gettext_lazy("Why they are left out"), rows=2, most=2000)


class IncludeForm(BulkForm):
    """Putting people back into the list."""

    title = gettext_lazy("Put back into the list")


class ScheduleForm(BulkForm):
    """Putting people before a sitting."""

    title = gettext_lazy("Put before a sitting")
    sitting = forms.ChoiceField(
        label=gettext_lazy("Sitting"), error_messages={"required": NEEDED, "invalid_choice": _CHOOSE}
    )

    def __init__(self, data: QueryDict | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["sitting"]
        field.choices = [("", "—"), *((key, sitting_words(each)) for key, each in self.sittings.items())]

    def clean_sitting(self) -> Sitting:
        """Give the sitting itself."""
        return self.sittings[self.cleaned_data["sitting"]]


class NotifyForm(BulkForm):
    """Noting that notices reached people."""

    title = gettext_lazy("Note that the notice was handed over")
    day = day_field(label=gettext_lazy("Day on which it reached them"))
    proof = forms.ChoiceField(
        label=gettext_lazy("Proof of delivery"),
        choices=[("", "—"), *ProofKind.choices],
        error_messages={"required": NEEDED, "invalid_choice": _CHOOSE},
    )


class RequestForm(BulkForm):
    """Asking the superiors for service characteristics."""

    title = gettext_lazy("Ask for the service characteristics")
    day = day_field(label=gettext_lazy("Day of the request"))


class ApproveForm(BulkForm):
    """Approving what the commission decided."""

    title = gettext_lazy("Approve the decisions")
    day = day_field(label=gettext_lazy("Day of the approval"))
    head_decision = words_field(gettext_lazy("Decision of the head"), required=False, rows=2)


_FORMS: dict[Bulk, type[BulkForm]] = {
    Bulk.EXCLUDE: ExcludeForm,
    Bulk.INCLUDE: IncludeForm,
    Bulk.SCHEDULE: ScheduleForm,
    Bulk.NOTIFY: NotifyForm,
    Bulk.REQUEST: RequestForm,
    Bulk.APPROVE: ApproveForm,
}


def bulk_form(bulk: Bulk, data: QueryDict | None, *, today: date, sittings: Sequence[Sitting]) -> BulkForm:
    """Make the form of an action."""
    return _FORMS[bulk](data, prefix=str(bulk), today=today, sittings=sittings)


@dataclass(frozen=True, slots=True)
class Selection:
    """Whom somebody chose: cases by their numbers with the versions seen, one by one or all that were listed."""

    cases: dict[int, int]
    everybody: bool = False


def selection_of(data: QueryDict, listed: Sequence[Line], known: Collection[int]) -> Selection:
    """Read whom somebody chose; `listed` is what the filter of the page shows now, `known` who is in the cycle.

    Raises ValidationError where nobody was chosen, or where another list was shown than there is now.
    """
    changed = _("The list has changed since you opened the page. Nothing was saved; look at it and choose again.")
    if data.get("everybody"):
        if data["everybody"] != seen_words(listed):
            raise ValidationError(changed)
        return Selection({line.case.pk: line.case.version for line in listed}, everybody=True)
    chosen = dict(_pair(value) for value in data.getlist("case"))
    if not chosen:
        raise ValidationError(_("Nobody is chosen. Tick at least one person."))
    if set(chosen) - set(known):
        raise ValidationError(changed)
    return Selection(chosen)


def _pair(value: str) -> tuple[int, int]:
    number, _sign, version = value.partition(":")
    if not (number.isdecimal() and version.isdecimal()):
        raise ValidationError(_("Load the page again: what was chosen cannot be read."))
    return int(number), int(version)
