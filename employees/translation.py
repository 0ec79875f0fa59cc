"""What is kept in three languages."""

from modeltranslation.translator import TranslationOptions, register

from employees.models import Organisation


@register(Organisation)
class OrganisationOptions(TranslationOptions):
    """The name, needed in Kazakh."""

    fields = ("name",)
    required_languages = ("kk",)
