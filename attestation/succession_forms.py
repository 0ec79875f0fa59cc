"""What the pages on who could hold what may be asked; what cannot be read is said in place and passed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from attestation.models import StatusCode
from attestation.succession import Asked, Opening, all_positions, chapter_words, position_choices, unit_choices
from employees.access import visible_organisations
from employees.models import User
from positions.forms import DayForm
from positions.norm_selectors import read_norms

_NO_CHOICE = {"invalid_choice": _("There is no such choice here. The list is not narrowed by it.")}


def _select(label: Any, empty: Any, choices: Any = (), **told: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False,
        label=label,
        choices=[("", empty), *choices],
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
        **{"error_messages": _NO_CHOICE, **told},
    )


class _Narrowing(DayForm):
    """A day and a few choices."""

    status = _select(_("Requirements of the entry rung"), _("Any"), StatusCode.choices)

    def chosen(self, name: str) -> Any:
        """Give what was chosen; None where nothing was, or where it cannot be read."""
        return None if name in self.errors else self.cleaned_data.get(name) or None

    def offer(self, name: str, choices: Any) -> None:
        """Let a field offer these beside the empty choice."""
        field: Any = self.fields[name]
        field.choices = [field.choices[0], *choices]


class OpeningsForm(_Narrowing):
    """Which of the positions of a person are shown."""

    chapter = _select(_("Chapter"), _("All chapters"))
    field_order = ("on", "chapter", "status")

    def __init__(self, data: Mapping[str, Any], *, found: list[Opening]) -> None:
        super().__init__(data)
        chapters = {each.position.chapter: None for each in sorted(found, key=lambda each: each.position.order)}
        self.offer("chapter", [(str(chapter.pk), chapter_words(chapter)) for chapter in chapters])

    def narrowed(self, found: list[Opening]) -> list[Opening]:
        """Keep what was asked for."""
        chapter, status = self.chosen("chapter"), self.chosen("status")
        return [
            each
            for each in found
            if (not chapter or str(each.position.chapter_id) == chapter) and (not status or each.entry.status == status)
        ]


class SuccessionForm(_Narrowing):
    """Which position, and among whom (7 queries, 8 for somebody whose rights end at a unit)."""

    position = _select(_("Position"), _("Choose a position"))
    organisation = _select(
        _("Organisation"),
        _("All organisations"),
        error_messages={
            "invalid_choice": _("You see no organisation with this number. The list shows all that you see.")
        },
    )
    unit = _select(_("Structural unit"), _("All units"))

    def __init__(self, data: Mapping[str, Any], *, user: User | AnonymousUser, today: date) -> None:
        super().__init__(data)
        self.norms = read_norms()
        self.day = DayForm(data).asked() or today
        self.organisations = visible_organisations(user)
        self.positions = {each.code: each for each in all_positions()}
        code = data.get("position", "")
        self.offer("position", position_choices(self.positions.values(), self.norms, on=self.day, asked=code))
        self.offer("organisation", [(each.bin, each.display_name) for each in self.organisations])
        here = self.organisations if len(self.organisations) == 1 else []
        here = here or [each for each in self.organisations if each.bin == data.get("organisation")]
        self.units = unit_choices(user, here[0], on=self.day) if here else {}
        self.offer("unit", [(key, label) for key, (label, _within) in self.units.items()])

    @cached_property
    def asked_for(self) -> Asked:
        """What was chosen and could be read."""
        unit, number = self.chosen("unit"), self.chosen("organisation")
        return Asked(
            position=self.chosen("position"),
            organisation=next((each for each in self.organisations if each.bin == number), None),
            units=tuple(self.units[unit][1]) if unit else None,
            status=self.chosen("status") or "",
            on=self.day,
        )
