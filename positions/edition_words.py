"""How the parts and the values of an edition are called, on every page that names them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

#: The sections of a draft's page by the name of their part of the document.
SECTIONS = {
    "about": gettext_lazy("About this edition"),
    "qualification": gettext_lazy("Requirements for the qualification"),
    "rungs": gettext_lazy("Ladder"),
    "notes": gettext_lazy("How the text is read"),
    "duties": gettext_lazy("Official duties"),
    "knowledge": gettext_lazy("Must know"),
}
#: What is told about an edition; a group by its name, its members as "group.member".
VALUES = {
    "valid_from": gettext_lazy("First day in force"),
    "valid_to": gettext_lazy("Last day in force"),
    "dates_estimated": gettext_lazy("Dates are estimated"),
    "brought_by": gettext_lazy("Act that brought this wording"),
    "named_levels": gettext_lazy("Levels named without categories"),
    "clauses": gettext_lazy("Clauses"),
    "clauses.qualification": gettext_lazy("Clause of the requirements"),
    "clauses.duties": gettext_lazy("Clause of the official duties"),
    "clauses.knowledge": gettext_lazy("Clause of what must be known"),
    "provenance": gettext_lazy("Origin of the text"),
    "provenance.kk": gettext_lazy("Origin of the Kazakh text"),
    "provenance.ru": gettext_lazy("Origin of the Russian text"),
    "provenance.en": gettext_lazy("Origin of the English text"),
}
