"""The texts kept in three languages."""

from modeltranslation.translator import TranslationOptions, register

from positions.models import Act, Chapter, Edition, Entry, InterpretationNote, Position


@register(Act)
@register(Chapter)
@register(Position)
class TitleOptions(TranslationOptions):
    """A title, needed in every language."""

    fields = ("title",)
    required_languages = ("kk", "ru", "en")


@register(Edition)
class EditionOptions(TranslationOptions):
    """The qualification clause."""

    fields = ("qualification",)


@register(Entry)
@register(InterpretationNote)
class TextOptions(TranslationOptions):
    """A text; a translation still to come is blank."""

    fields = ("text",)
