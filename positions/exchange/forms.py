"""Sending texts and confirming what they would do."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positions.exchange.reading import MAX_FILE_BYTES, SUFFIXES


class TextsForm(forms.Form):
    """A file of texts on its way in."""

    file = forms.FileField(
        label=gettext_lazy("Norm file (.yaml), archive of norm files (.zip) or workbook (.xlsx)"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose the file first."),
            "empty": gettext_lazy("The file is empty."),
            "max_length": gettext_lazy("The name of the file is too long."),
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse at once what is too large or of another kind."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(SUFFIXES):
            raise forms.ValidationError(
                _("Choose a norm file (.yaml), an archive of them (.zip) or a workbook (.xlsx).")
            )
        if (file.size or 0) > MAX_FILE_BYTES:
            message = _("The file is larger than %(limit)d MB.")
            raise forms.ValidationError(message % {"limit": MAX_FILE_BYTES // (1024 * 1024)})
        return file


class ReasonForm(forms.Form):
    """Why the texts are taken in, and the mark of the texts that were looked at."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, as it will stand in the history"),
        max_length=500,
        error_messages={
            "required": gettext_lazy("Say why. The reason stays in the history."),
            "max_length": gettext_lazy("Say it in at most 500 characters."),
        },
    )
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
