"""What people choose and write on the pages of job descriptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attestation.job_descriptions.selectors import LANGUAGES, texts_of, version_of
from attestation.models import OwnEntry
from employees.models import Organisation
from positions.forms import DayForm

#: Longer than the longest entry of the orders by far.
_LONGEST = 4000


class BasisForm(DayForm):
    """For which organisation, and by the text of which day."""

    organisation = forms.ChoiceField(label=_("Organisation"), required=False)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.bin, each.display_name) for each in organisations]
        self.fields["organisation"].choices = [("", _("The text of the order alone")), *named]  # type: ignore[attr-defined]


def _text(label: Any, language: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "lang": language})
    return forms.CharField(label=label, required=False, max_length=_LONGEST, widget=widget)


class OwnEntryForm(forms.Form):
    """An entry in three languages; one of them is enough."""

    text_kk = _text(_("Text in Kazakh"), "kk")
    text_ru = _text(_("Text in Russian"), "ru")
    text_en = _text(_("Text in English"), "en")
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, entry: OwnEntry, data: Any = None) -> OwnEntryForm:
        """Give the form of an entry that is there."""
        told = {f"text_{language}": text for language, text in texts_of(entry).items()}
        return cls(data, initial={**told, "read": version_of(entry)})

    def overtaken_by(self, entry: OwnEntry) -> None:
        """Say that somebody else was quicker; the next attempt is made knowing what is there now."""
        self.add_error(None, _("Somebody else has changed this entry meanwhile. Below is what it says now."))
        self.data = {name: self.data.get(name, "") for name in self.fields} | {"read": version_of(entry)}

    def texts(self) -> dict[str, str]:
        """Give what was written, by language."""
        return {language: self.cleaned_data[f"text_{language}"] for language in LANGUAGES}

    def clean(self) -> None:
        """See that something is said."""
        if not self.errors and not any(self.texts().values()):
            raise forms.ValidationError(_("Write the entry in one language at least."), code="empty")
