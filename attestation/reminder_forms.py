"""What a user chooses about reminders."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DigestForm(forms.Form):
    """Whether the digest comes, and in which language."""

    wanted = forms.BooleanField(label=_("Send me the weekly digest"), required=False)
    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES)


class CalendarForm(forms.Form):
    """The language of a calendar."""

    calendar_language = forms.ChoiceField(label=_("Language of the calendar"), choices=settings.LANGUAGES)
