"""The forms of the admin: orders, chapters and positions, checked before a code is made of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positions.comparison import OWN_NAMES
from positions.editing.positions import act_code, position_code, successors_of
from positions.models import Act, Chapter, Position

if TYPE_CHECKING:
    _ActForm = forms.ModelForm[Act]
    _ChapterForm = forms.ModelForm[Chapter]
    _PositionForm = forms.ModelForm[Position]
else:
    _ActForm = _ChapterForm = _PositionForm = forms.ModelForm

_LONGEST_CODE = 20
_PARAGRAPH = re.compile(r"[0-9]{1,3}(-[0-9]{1,3})?")


class TitlesInThreeLanguages:
    """Names each language in itself, and gives a title the room of a title."""

    fields: dict[str, forms.Field]

    def name_languages(self) -> None:
        """Put the labels right."""
        for language, name in OWN_NAMES.items():
            field = self.fields.get(f"title_{language}")
            if field is not None:
                field.label = _("Title (%(language)s)") % {"language": name}
                field.widget.attrs |= {"rows": 2, "lang": language}


class ActForm(TitlesInThreeLanguages, _ActForm):
    """An order: its code is made from its number and year, and stays."""

    class Meta:
        model = Act
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_languages()

    def clean(self) -> dict[str, Any] | None:
        """Refuse a second order of the same number and year, and days in the wrong order."""
        told = super().clean()
        found = self.cleaned_data
        number, day = found.get("number"), found.get("adopted_on")
        if number and day and self.instance.pk is None:
            code = act_code(Act(number=number, adopted_on=day))
            if len(code) > _LONGEST_CODE:
                self.add_error("number", _("This number is too long."))
            elif Act.objects.filter(code=code).exists():
                self.add_error("number", _("An order of this number and year is on file: %(code)s.") % {"code": code})
        if day and found.get("in_force_from") and found["in_force_from"] < day:
            self.add_error("in_force_from", _("An order is not in force before it was adopted."))
        if found.get("amends") is not None and found["amends"].pk == self.instance.pk:
            self.add_error("amends", _("An order does not amend itself."))
        return told


class ChapterForm(TitlesInThreeLanguages, _ChapterForm):
    """A chapter of an order."""

    class Meta:
        model = Chapter
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_languages()


class ChapterChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A chapter, named with its order."""

    def label_from_instance(self, obj: Any) -> str:
        """Name a chapter."""
        return f"{obj.act.number}, {obj.number}. {obj.title}"


class PositionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A position, named with its code."""

    def label_from_instance(self, obj: Any) -> str:
        """Name a position."""
        return f"{obj.code} {obj.title or obj.title_kk}"


class PositionForm(TitlesInThreeLanguages, _PositionForm):
    """A position: where it stands in its order, its names, and who continues it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        max_length=2000,
        help_text=gettext_lazy("It stays in the history: who did it, when and why."),
        error_messages={"required": gettext_lazy("Say why. The reason stays in the history.")},
    )

    class Meta:
        model = Position
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_languages()
        if self.instance.pk is None:
            del self.fields["reason"]

    def clean_paragraph(self) -> str:
        """Refuse a paragraph that no order counts."""
        paragraph: str = self.cleaned_data["paragraph"].strip()
        if not _PARAGRAPH.fullmatch(paragraph):
            raise ValidationError(_("Write the number of the paragraph, as 3 or 4-1."))
        return paragraph

    def clean_successor(self) -> Position | None:
        """Refuse a line of successors that leads back to where it began."""
        successor: Position | None = self.cleaned_data.get("successor")
        line = [successor, *successors_of(successor)] if successor is not None else []
        if self.instance.pk is not None and self.instance in line:
            raise ValidationError(_("This position would continue itself. Choose another successor."))
        return successor

    def clean(self) -> dict[str, Any] | None:
        """Refuse a place that is taken."""
        told = super().clean()
        chapter, paragraph = self.cleaned_data.get("chapter"), self.cleaned_data.get("paragraph")
        if self.instance.pk is None and chapter and paragraph:
            code = position_code(Position(chapter=chapter, paragraph=paragraph))
            if Position.objects.filter(code=code).exists():
                self.add_error("paragraph", _("A position has this place already: %(code)s.") % {"code": code})
        return told
