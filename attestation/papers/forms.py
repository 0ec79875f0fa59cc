"""What is asked before papers of a whole cycle are printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from attestation.codes import PaperKind
from attestation.papers.shelf import BULK_KINDS, Bulk

PDF, ZIP = "pdf", "zip"


class PrintForm(forms.Form):
    """Which papers, in which languages, as one file or as many."""

    kinds = forms.MultipleChoiceField(label=_("Papers"), widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, initial=["kk", "ru"], widget=forms.CheckboxSelectMultiple
    )
    form = forms.ChoiceField(
        label=_("Files"),
        choices=[(PDF, _("one PDF")), (ZIP, _("a PDF for each paper, in one ZIP"))],
        initial=PDF,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, offered: list[Bulk] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - it is declared above
        if offered is None:
            field.choices = [(kind.value, kind.label) for kind in BULK_KINDS]
        else:
            field.choices = [(each.kind.value, _label(each)) for each in offered]

    def chosen(self) -> list[PaperKind]:
        """Give the kinds that were chosen, in the order of the procedure."""
        return [kind for kind in BULK_KINDS if kind in self.cleaned_data["kinds"]]


def _label(each: Bulk) -> str:
    return f"{str(each.kind.label)[:1].upper()}{str(each.kind.label)[1:]} ({each.count})"
