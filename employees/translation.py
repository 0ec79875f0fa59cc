"""What is kept in three languages."""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from employees.models import Organisation


@register(Organisation)
class OrganisationOptions(TranslationOptions):
    """The name, needed in Kazakh."""

    fields = ("name",)
    required_languages = ("kk",)


# Only now does the model have its columns for the languages, which the history must hold too.
simple_history.register(Organisation)
