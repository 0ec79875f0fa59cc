"""What the pages of the norms may be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from positions import wording
from positions.comparison import OWN_NAMES
from positions.models import Edition
from positions.search_selectors import Question
from positions.searching import read_terms

_FIELD, _CHOICE = "form-control form-control-sm", "form-select form-select-sm"
_NOT_A_DAY = _("This is not a day. Write it as 2026-11-22 or 22.11.2026. What is shown is as of today.")
_FAR_AWAY = _("Choose a day between 01.01.1950 and 31.12.2099. What is shown is as of today.")


class DayForm(forms.Form):
    """The day a page is asked for."""

    on = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _NOT_A_DAY},
        validators=[
            MinValueValidator(date(1950, 1, 1), _FAR_AWAY),
            MaxValueValidator(date(2099, 12, 31), _FAR_AWAY),
        ],
    )

    def asked(self) -> date | None:
        """Give the day asked for; None where none was, or where it cannot be read."""
        self.full_clean()
        day: date | None = self.cleaned_data.get("on")
        return day


class LanguagesForm(forms.Form):
    """The two languages that stand side by side; one that is not known is passed over."""

    left = forms.ChoiceField(required=False, choices=settings.LANGUAGES)
    right = forms.ChoiceField(required=False, choices=settings.LANGUAGES)

    def pair(self, *, reader: str) -> tuple[str, str]:
        """Give the languages asked for, else Kazakh beside the reader's own (Russian for a reader of Kazakh)."""
        self.full_clean()
        left, right = default_pair(reader)
        return self.cleaned_data.get("left") or left, self.cleaned_data.get("right") or right

    def kept(self) -> str:
        """Give what was chosen for the addresses of other pages, as it stands after their question mark."""
        self.full_clean()
        chosen = {name: self.cleaned_data.get(name) for name in ("left", "right")}
        return urlencode({name: language for name, language in chosen.items() if language})


class SearchForm(forms.Form):
    """What is looked for in the texts, and where; a language or an act that is not known is passed over."""

    q = forms.CharField(
        label=_("Words, or a phrase in quotes"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "data-search": "", "class": _FIELD}),
        error_messages={"max_length": _("Search for fewer words: at most 200 letters.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the text"), required=False, widget=forms.Select(attrs={"class": _CHOICE})
    )
    act = forms.ChoiceField(label=_("Order"), required=False, widget=forms.Select(attrs={"class": _CHOICE}))
    on = forms.DateField(
        label=_("In force on (empty: all editions)"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date", "class": _FIELD}, format="%Y-%m-%d"),
        error_messages={
            "invalid": _("This is not a day. Write it as 2026-11-22 or 22.11.2026. All editions were searched.")
        },
    )

    def __init__(self, *args: Any, acts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("All languages")), *OWN_NAMES.items()]  # type: ignore[attr-defined]
        self.fields["act"].choices = [("", _("All orders")), *acts]  # type: ignore[attr-defined]

    def question(self, *, reader: str) -> Question | None:
        """Give what is looked for; None where nothing is that could be found."""
        self.full_clean()
        told = self.cleaned_data
        terms = read_terms(told.get("q", ""))
        if not terms:
            return None
        return Question(
            terms=terms,
            reader=reader,
            language=told.get("language", ""),
            act=told.get("act", ""),
            on=told.get("on"),
        )


class TwoEditionsForm(forms.Form):
    """The two editions to be compared, by their first days, and the language in which they are."""

    one = forms.ChoiceField(label=_("One edition"), widget=forms.Select(attrs={"class": _CHOICE}))
    other = forms.ChoiceField(label=_("Another edition"), widget=forms.Select(attrs={"class": _CHOICE}))
    language = forms.ChoiceField(
        label=_("Language of the text"), required=False, widget=forms.Select(attrs={"class": _CHOICE})
    )

    def __init__(self, asked: QueryDict, *, editions: Sequence[Edition], reader: str) -> None:
        *_before, one, other = [editions[0], *editions]
        told = {"one": one.valid_from.isoformat(), "other": other.valid_from.isoformat(), "language": reader}
        super().__init__(told | asked.dict(), initial=told)
        days = [(edition.valid_from.isoformat(), wording.validity_words(edition)) for edition in editions]
        for name in ("one", "other"):
            field = self.fields[name]
            field.choices = days  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = _("No edition of this text begins on that day. Choose one.")
        self.fields["language"].choices = list(OWN_NAMES.items())  # type: ignore[attr-defined]
        self.editions = {edition.valid_from.isoformat(): edition for edition in editions}

    def pair(self) -> tuple[Edition, Edition] | None:
        """Give the two editions, the older first; None where one was asked for that there is not."""
        self.full_clean()
        days = [self.cleaned_data.get(name) for name in ("one", "other")]
        chosen = [self.editions[day] for day in days if day]
        one, other = sorted(chosen, key=lambda edition: edition.valid_from) if len(chosen) == 2 else (None, None)
        return (one, other) if one and other else None

    def chosen_language(self) -> str:
        """Give the language, that of the reader where another was asked for."""
        return str(self.cleaned_data.get("language") or self.initial["language"])


def default_pair(reader: str) -> tuple[str, str]:
    """Give the languages that stand side by side: Kazakh and the reader's own (Russian for a reader of Kazakh)."""
    return "kk", "ru" if reader == "kk" else reader
